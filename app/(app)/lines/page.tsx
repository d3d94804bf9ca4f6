import type { Metadata } from 'next';
import { Lines } from '@/components/lines/Lines';

export const metadata: Metadata = { title: 'Lines' };

export default function LinesPage() {
  return <Lines />;
}

import type { Metadata } from 'next';
import { Lines } from '@/components/drill/Lines';

export const metadata: Metadata = { title: 'Lines' };

export default function LinesPage() {
  return <Lines />;
}

import type { Metadata } from 'next';
import { Baskets } from '@/components/drill/Baskets';

export const metadata: Metadata = { title: 'Baskets' };

export default function BasketsPage() {
  return <Baskets />;
}

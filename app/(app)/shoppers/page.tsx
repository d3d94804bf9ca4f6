import type { Metadata } from 'next';
import { Shoppers } from '@/components/drill/Shoppers';

export const metadata: Metadata = { title: 'Shoppers' };

export default function ShoppersPage() {
  return <Shoppers />;
}

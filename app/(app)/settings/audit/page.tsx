import type { Metadata } from 'next';
import { Prefetched, type Search } from '../../prefetch';
import { AuditPage } from './AuditPage';

export const metadata: Metadata = { title: 'Audit log' };

export default function Page({ searchParams }: { searchParams: Search }) {
  return (
    <Prefetched search={searchParams}>
      <AuditPage />
    </Prefetched>
  );
}

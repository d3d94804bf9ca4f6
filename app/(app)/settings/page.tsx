import type { Metadata } from 'next';
import { Prefetched, type Search } from '../prefetch';
import { Settings } from './Settings';

export const metadata: Metadata = { title: 'Settings' };

export default function SettingsPage({ searchParams }: { searchParams: Search }) {
  return (
    <Prefetched search={searchParams}>
      <Settings />
    </Prefetched>
  );
}

import type { Metadata } from 'next';
import { Glossary } from '@/components/reference/Glossary';

export const metadata: Metadata = { title: 'Glossary' };

export default function GlossaryPage() {
  return <Glossary />;
}

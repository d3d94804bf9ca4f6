import { formatRange } from '@/lib/metrics/format-date';
import type { AuditEntry } from '@/lib/contract/audit';
import { importKinds } from '@/lib/contract/imports';
import { fileSize } from '@/components/imports/states';

/** What stands in columns of its own, or says nothing to people. */
const elsewhere = ['name', 'file', 'email', 'key', 'workspace'];

/** So many of a list are told. */
const FIRST = 10;

const said = (value: unknown): string => {
  if (typeof value === 'number') return value.toLocaleString('en-US');
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.slice(0, FIRST).join(', ') + (value.length > FIRST ? ` … (${value.length - FIRST} more)` : '');
  return JSON.stringify(value);
};

const words = (name: string): string => name.replace(/_|(?=[A-Z])/g, ' ').toLowerCase();

/** A number of things is told as one, "541,909 rows"; what a number or word means otherwise is named before it. */
function toldOf(name: string, value: unknown): string {
  if (typeof value === 'number' && name === 'bytes') return fileSize(value);
  if (typeof value === 'number' && /^[a-z]+s$/.test(name))
    return `${said(value)} ${value === 1 ? name.slice(0, -1) : name}`;
  if (name === 'kind' && importKinds.some((kind) => kind === value)) return said(value);
  return `${words(name)} ${name === 'changed' ? words(said(value)) : said(value)}`;
}

/** The detail of an entry on one line: "transactions · 541,909 rows · 305 days". */
export function tellDetail({ detail, called }: Pick<AuditEntry, 'detail' | 'called'>): string {
  const question = detail['q'] as { from?: string; to?: string } | undefined;
  if (question?.from && question.to) return formatRange({ from: question.from, to: question.to });
  return (
    Object.entries(detail)
      .filter(([name, value]) => !elsewhere.includes(name) && value !== null && value !== called)
      // A file of products or stores may change none.
      .filter(([name, value]) => name !== 'days' || value !== 0)
      .map(([name, value]) => toldOf(name, value))
      .join(' · ')
  );
}

/** What an entry is about: of a download the words for what was taken, where the log keeps the name of its endpoint. */
export const tellSubject = (subject: string): string =>
  /^export[A-Z]\w*$/.test(subject) ? words(subject.slice('export'.length)).trim().replace('csv', 'CSV') : subject;

import type { ImportKind, ImportSummary } from '@/lib/contract/imports';
import { paceText } from '@/lib/contract/pace';

type State = ImportSummary['state'];

interface Shown {
  label: string;
  tone: 'quiet' | 'busy' | 'ready' | 'good' | 'bad';
  meaning: string;
}

export const states: Record<State, Shown> = {
  reading: { label: 'Reading', tone: 'busy', meaning: 'The file is here; what it holds shows once it is read.' },
  uploaded: { label: 'To be mapped', tone: 'ready', meaning: 'The file is here; its columns are to be confirmed.' },
  validating: { label: 'Checking', tone: 'busy', meaning: 'Every row is being read. Nothing is published.' },
  paused: { label: 'Paused', tone: 'ready', meaning: 'What was read so far is kept; the check can go on.' },
  validated: { label: 'Ready to publish', tone: 'ready', meaning: 'Checked. Its numbers show once it is published.' },
  publishing: { label: 'Publishing', tone: 'busy', meaning: 'Being added: all of it or nothing.' },
  published: { label: 'Published', tone: 'good', meaning: 'Part of every number.' },
  reverting: { label: 'Reverting', tone: 'busy', meaning: 'Being taken out: all of it or nothing.' },
  reverted: { label: 'Reverted', tone: 'quiet', meaning: 'Taken out again. No number holds it.' },
  failed: { label: 'Failed', tone: 'bad', meaning: 'It cannot be published as it is.' },
  cancelled: { label: 'Discarded', tone: 'quiet', meaning: 'Given up before it was published.' },
};

export const isRunning = (state: State): boolean => states[state].tone === 'busy';

/** Given up without having been published. */
export const canDiscard = (state: State): boolean =>
  ['reading', 'uploaded', 'validating', 'paused', 'validated', 'failed'].includes(state);

export const kindNames: Record<ImportKind, string> = {
  transactions: 'Transactions',
  products: 'Products',
  stores: 'Stores',
};

const stages: Record<string, string> = {
  unpacking: 'Unpacking the file',
  converting: 'Reading the file',
  looking: 'Looking at its values',
  resuming: 'Passing over what was read before',
  reading: 'Reading rows',
  counting: 'Judging the whole of it: repeats, gaps, what is new',
  members: 'Matching products, stores and shoppers',
  lines: 'Writing lines',
  rollups: 'Adding up, month by month',
  tidying: 'Tidying up',
};

export type Job = Pick<ImportSummary, 'state' | 'progress'> & Partial<Pick<ImportSummary, 'waitsFor'>>;

/** What a job does now, in words, and how far it is where that is known. */
export function stageOf({ state, progress, waitsFor }: Job): {
  text: string;
  percent: number | null;
} {
  if (!progress) {
    const waiting = waitsFor ? `Waits for the import of ${waitsFor.fileName}` : 'Waiting to start';
    return { text: state === 'paused' ? 'Nothing is read yet' : waiting, percent: null };
  }
  const { stage, done, total, unit = 'rows' } = progress;
  const taking = state === 'reverting' && stage === 'lines';
  const name = taking ? 'Taking out lines' : (stages[stage] ?? 'Working');
  const known = total !== null && total > 0 && done > 0 && stage !== 'counting';
  const count = !known
    ? stage === 'converting' && done > 0
      ? `: ${done.toLocaleString('en-US')} rows so far`
      : ''
    : `: ${done.toLocaleString('en-US')} of ${stage === 'reading' ? 'about ' : ''}${total.toLocaleString('en-US')}${stage === 'rollups' ? ` ${unit}` : ''}`;
  const pace = state === 'paused' ? '' : paceText(progress);
  return {
    text: `${name}${count}${pace && ` · ${pace}`}`,
    percent: known ? Math.min(100, (done / total) * 100) : null,
  };
}

const sizes = ['bytes', 'KB', 'MB', 'GB'];

export function fileSize(bytes: number): string {
  const power = Math.min(sizes.length - 1, bytes < 1_000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1 })} ${sizes[power]}`;
}

const months = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A month by its first day. */
export const monthName = (month: string): string => months.format(new Date(month)).replace('Sept', 'Sep');

export const formatCount = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en-US'));

/** Cells of a file can be set right while it is not on its way to the numbers. */
export const mayFix = (state: State): boolean => ['uploaded', 'validated', 'failed'].includes(state);

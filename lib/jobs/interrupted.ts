import type { State } from '@/lib/ingest/state';
import type { Queue } from './boss';

export type ImportVerb = 'read' | 'check' | 'publish' | 'revert';

export interface Under {
  /** The import's state while the job waits or runs. */
  state: State;
  /** Where it goes back to when the job will not come to its end. */
  back: State;
  because: string;
}

/** What an import is called while one of these jobs is at it. */
export const under: Record<ImportVerb, Under> = {
  read: {
    state: 'reading',
    back: 'failed',
    because: 'Reading the file was interrupted. Discard it and upload it again.',
  },
  check: {
    state: 'validating',
    back: 'uploaded',
    because: 'The check was interrupted. Nothing was changed; check the file again.',
  },
  publish: {
    state: 'publishing',
    back: 'validated',
    because: 'Publishing was interrupted. Nothing was changed; publish it again.',
  },
  revert: {
    state: 'reverting',
    back: 'published',
    because: 'Reverting was interrupted. Nothing was changed; revert it again.',
  },
};

/** What jobs of this queue do with an import; null: they work on none. */
export function verbOf(queue: Queue): ImportVerb | null {
  const verb = queue.replace(/-large$/, '');
  return verb in under ? (verb as ImportVerb) : null;
}

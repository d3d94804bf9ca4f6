import type { State } from '@/lib/ingest/state';
import type { ImportQueue, Queue } from './boss';

export interface Under {
  /** The import's state while the job waits or runs. */
  state: State;
  /** Where it goes back to when the job will not come to its end. */
  back: State;
  because: string;
}

/** What an import is called while one of these jobs is at it. */
export const under: Record<ImportQueue, Under> = {
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

export const isOfImport = (queue: Queue): queue is ImportQueue => queue in under;

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (how?: { type: 'minor' }) => void;
setFlagsFromString('--no-expose-gc');

/**
 * Gives back what nobody refers to any more. V8 does so by itself once its own heap has grown; of what DuckDB holds, or is about to
 * take, it knows nothing. `lately`: looks only at what was made since the last time, in a millisecond.
 */
export const makeRoom = (lately = false): void => collect(lately ? { type: 'minor' } : undefined);

import { parseAsString, useQueryState } from 'nuqs';

export const ROWS = 'rows-with-a-problem';

/** Which problem's rows are looked through; it stands in the address, so that a link shows them. Null: all rejected rows. */
export const useProblem = () => useQueryState('problem', parseAsString);

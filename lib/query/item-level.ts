import 'server-only';
import { packedLevel } from '@/lib/packed/levels';
import { packedLevels } from '@/lib/rollups/levels';

const [, { table, time, keys }] = packedLevels;

/** What stores sold on which days, a row a month, by category and product; product 0 is all of a category. */
export const itemLevel = packedLevel(table, time, keys);

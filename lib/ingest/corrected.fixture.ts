import 'server-only';
import { act } from './examples.fixture';
import { publish } from './publish';
import { receiveText, recheck } from './received.fixture';
import { numbersOf } from './staged.fixture';

// Files of which one corrects another, for tests of what is replaced, restored and restated.

const HEAD = 'date,store,shopper,receipt,product,product_name,brand,units,amount';
export const file = (...rows: string[]): string => [HEAD, ...rows].join('\n');
export const january = file(
  '2024-01-30,A,s1,r1,p1,One,X,1,10',
  '2024-01-30,A,s1,r1,p2,Two,Y,2,20',
  '2024-01-30,B,s2,r1,p1,One,X,1,11',
  '2024-01-31,A,s2,r2,p2,Zwei,Y,1,12',
  '2024-02-01,A,s3,r3,p3,Three,Z,1,100',
);
/** Stores A and B of the last two days of January, as they should have been; B sold nothing on the 31st. */
export const correction = file(
  '2024-01-30,A,s1,r1,p1,Eins,X,1,9',
  '2024-01-31,A,s4,r2,p4,Four,W,3,30',
  '2024-01-30,B,s2,r1,p1,One,X,1,11',
);
export const products = 'sku,name,brand\np1,First,X\np2,Second,Other\n';

export async function load(w: number, text: string, fileName: string, replaces = false): Promise<number> {
  const id = await receiveText(w, text, fileName);
  await recheck(w, id);
  await publish({ ...act(w, id), replaces });
  return id;
}
/** Shoppers that come again have new numbers. */
export const numbers = async (w: number) =>
  (await numbersOf(w)).filter((row) => !/^(shopper|shopper_day|shopper_month|shopper_month_store) /.test(row));

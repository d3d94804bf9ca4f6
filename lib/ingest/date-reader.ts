import 'server-only';
import { DayOrderVote, anyDateReader, patternReader, type ReadDate } from '@/lib/values/date';
import { dateFormOf, formReader } from '@/lib/values/date-form';
import type { Checkpoint } from './checkpoint';
import { eachRecord } from './each-record';
import type { Reading } from './reading';

type Asked = Pick<Reading, 'mapping' | 'columns' | 'detected' | 'fill'>;

function dateTextOf({ mapping, columns, fill }: Asked): (fields: string[]) => string {
  const at = columns.indexOf(mapping.columns['date'] ?? '');
  return (fields) => ((fill?.(fields) ?? fields)[at] ?? '').trim();
}

const fallbackOf = ({ detected, mapping }: Asked): 'dmy' | 'mdy' =>
  mapping.dayOrder ?? (detected.delimiter === ';' || mapping.decimal === ',' ? 'dmy' : 'mdy');

/** The reader that the mapping or the first rows ask for; null where 03/04 could be either day or month. */
export function settledDates(asked: Asked): ReadDate | null {
  const { mapping, detected } = asked;
  const given = mapping.dateFormat === 'auto' ? null : patternReader(mapping.dateFormat);
  if (given) return given;
  const dateOf = dateTextOf(asked);
  const form = dateFormOf(detected.preview.map(dateOf), mapping.columns['date']);
  if (form) return formReader(form);
  const sample = new DayOrderVote();
  for (const row of detected.preview) sample.add(dateOf(row));
  return sample.result(fallbackOf(asked)) ? null : anyDateReader(null);
}

/** Reads the whole column first where the first rows leave it open. */
export async function dateReader(reading: Reading, from: Checkpoint): Promise<ReadDate> {
  const settled = settledDates(reading);
  if (settled) return settled;
  const { tally } = from;
  // Found by the check that this one goes on from.
  if (tally.dateOrder) return anyDateReader(tally.dateOrder);
  const dateOf = dateTextOf(reading);
  const vote = new DayOrderVote();
  await eachRecord(reading, { take: ({ fields }) => vote.add(dateOf(fields)) }, () => reading.signal?.throwIfAborted());
  const result = vote.result(fallbackOf(reading));
  if (!result) return anyDateReader(null);
  tally.dateOrder = result.order;
  const as = result.order === 'dmy' ? 'day/month/year' : 'month/day/year';
  if (result.settled) {
    const proofs = result.proofs === 1 ? '1 row' : `${result.proofs.toLocaleString('en')} rows`;
    tally.warn('date_order', `Dates are read as ${as}: ${proofs} can only be that`, null, result.proofs);
  } else if (reading.mapping.dayOrder)
    tally.warn(
      'date_order_recalled',
      `No date says which number is the day; they are read as ${as}, as those of the last file with these columns were`,
      null,
    );
  else
    tally.warn(
      'date_order_open',
      `No date says which number is the day; they are read as ${as}. Choose the date format if that is wrong`,
      null,
    );
  return anyDateReader(result.order);
}

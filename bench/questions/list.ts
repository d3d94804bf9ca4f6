import { buyerFlow } from './buyer-flow';
import { cohorts } from './cohorts';
import type { Row } from './column-store';
import { distribution } from './distribution';
import { league } from './league';
import { buyersInStores, productsInRegions } from './places';
import { price } from './price';
import type { Question, Subject } from './question';
import { repeat } from './repeat';
import { revenue } from './revenue';
import { sharedBuyers } from './shared-buyers';
import { switching } from './switching';
import { tiles } from './tiles';
import { weeklyShare } from './weekly-share';

/** Q1 to Q15. */
export const listQuestions = async (subject: Subject, asked: (text: string) => Promise<Row[]>): Promise<Question[]> => [
  tiles('Q1', 'KPI tiles of a brand, 12 months against the year before', subject, subject.year),
  league('Q2', 'League table of a category', subject, false),
  weeklyShare(subject),
  league('Q4', 'Q2 in two regions and one channel', subject, true),
  tiles('Q5', 'Q1 on dates that cut months', subject, subject.cut),
  sharedBuyers(subject),
  buyerFlow(subject),
  switching(subject),
  repeat(subject),
  cohorts(subject),
  distribution(subject),
  await price(subject, asked),
  revenue(subject),
  productsInRegions(subject),
  buyersInStores(subject),
];

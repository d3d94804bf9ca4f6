import type { Clock } from '@/lib/contract/clock';
import type { ImportKind, Mapping } from '@/lib/contract/imports';
import type { Fixes } from '@/lib/contract/fixes';
import type { Detected } from '@/lib/contract/reading';
import type { Filling } from '@/lib/mapping/made';
import type { Fixer } from './fixer';

export interface Progress {
  stage: string;
  /** What is done is rows unless it says otherwise. */
  unit?: 'months';
  done: number;
  /** Rows in all, estimated from the bytes that are left; null while nothing is known. */
  total: number | null;
}

/** A file that is read into the stage: how, and under which rules. */
export interface Reading {
  path: string;
  size: number;
  /** SHA-256 of the file as received, hex. */
  hash: string;
  kind: ImportKind;
  mapping: Mapping;
  detected: Detected;
  columns: string[];
  /** What was set right by hand, and what puts it in the place of what the file says. */
  fixes: Fixes;
  fixer: Fixer | null;
  /** Puts what is made of columns behind a row's own. */
  fill?: Filling['fill'] | undefined;
  /** Decimals that an amount may have. */
  scale: number;
  /** Decimals of the smallest coin. */
  coin: number;
  /** The workspace's currency. */
  currency: string;
  clock: Clock;
  onProgress: ((progress: Progress) => void | Promise<void>) | undefined;
  signal: AbortSignal | undefined;
}

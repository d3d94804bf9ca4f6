import { describe, expect, it } from 'vitest';
import { importStates } from '@/lib/contract/imports';
import { canDiscard, fileSize, isRunning, stageOf } from './states';

describe('what the list says of a file', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1 KB'],
    [1_540_000, '1.5 MB'],
    [153_400_000, '153 MB'],
    [2_000_000_000, '2 GB'],
  ])('%d bytes are %s', (bytes, text) => expect(fileSize(bytes)).toBe(text));

  it('a running import cannot be discarded, but while it is read or checked', () => {
    expect(importStates.filter((state) => isRunning(state) && canDiscard(state))).toEqual(['reading', 'validating']);
  });
});

describe('how far a job is', () => {
  const progress = (stage: string, done: number, total: number | null) => ({ stage, done, total });

  it('is not known before it starts, nor where there is no total', () => {
    expect(stageOf({ state: 'validating', progress: null })).toEqual({ text: 'Waiting to start', percent: null });
    expect(stageOf({ state: 'publishing', progress: progress('lines', 0, null) }).percent).toBeNull();
  });

  it('says which import it waits for, where it is known', () => {
    const waitsFor = { id: 7, fileName: 'april.csv' };
    const text = 'Waits for the import of april.csv';
    expect(stageOf({ state: 'publishing', progress: null, waitsFor })).toEqual({ text, percent: null });
    expect(stageOf({ state: 'reverting', progress: null, waitsFor: null }).text).toBe('Waiting to start');
  });

  it('is the part that is done, never more than all', () => {
    expect(stageOf({ state: 'publishing', progress: progress('rollups', 6_000, 24_000) })).toEqual({
      text: 'Adding up, month by month: 6,000 of 24,000 rows',
      percent: 25,
    });
    expect(stageOf({ state: 'validating', progress: progress('reading', 120, 100) }).percent).toBe(100);
  });

  it('counts the rows of a file whose end is not known', () => {
    const reading = { ...progress('converting', 250_000, null), rate: 40_000, secondsLeft: null };
    expect(stageOf({ state: 'reading', progress: reading })).toEqual({
      text: 'Reading the file: 250,000 rows so far · 40,000 rows/s',
      percent: null,
    });
  });

  it('tells pace and time left, but not of a check that rests', () => {
    const paced = { ...progress('reading', 50_000, 200_000), rate: 1_234.5, secondsLeft: 121 };
    expect(stageOf({ state: 'validating', progress: paced }).text).toBe(
      'Reading rows: 50,000 of about 200,000 · 1,235 rows/s, about 2 min left',
    );
    expect(stageOf({ state: 'paused', progress: paced })).toEqual({
      text: 'Reading rows: 50,000 of about 200,000',
      percent: 25,
    });
    const months = { ...progress('rollups', 6, 24), unit: 'months' as const, rate: 0.04, secondsLeft: 450 };
    expect(stageOf({ state: 'publishing', progress: months }).text).toBe(
      'Adding up, month by month: 6 of 24 months · 2.4 months/min, about 8 min left',
    );
    const rows = { ...progress('rollups', 60_000, 240_000), rate: 15_000, secondsLeft: 12 };
    expect(stageOf({ state: 'publishing', progress: rows }).text).toBe(
      'Adding up, month by month: 60,000 of 240,000 rows · 15,000 rows/s, about 12 s left',
    );
    expect(stageOf({ state: 'paused', progress: null }).text).toBe('Nothing is read yet');
  });

  it('has no part while the whole is judged, all rows being read', () => {
    expect(stageOf({ state: 'validating', progress: progress('counting', 743, 743) })).toEqual({
      text: 'Judging the whole of it: repeats, gaps, what is new',
      percent: null,
    });
  });

  it('says of a revert that lines are taken out', () => {
    expect(stageOf({ state: 'reverting', progress: progress('lines', 0, null) }).text).toBe('Taking out lines');
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { NotRun, printSummary, readPlaywright, readVitest, runPart, runParts, type Counts } from './part';

const folder = mkdtempSync(join(tmpdir(), 'part-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (content: unknown): string => {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
};

describe('readVitest', () => {
  it('counts a file that does not load as a failure, and names what failed and what was skipped', () => {
    const report = {
      success: false,
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [
        {
          name: 'a',
          status: 'failed',
          assertionResults: [
            { fullName: 'late', status: 'pending' },
            { fullName: 'wrong', status: 'failed', failureMessages: ['expected 1 to be 2\n  at a.ts:3'] },
          ],
        },
        { name: 'b', status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    };
    expect(readVitest(file(report))).toEqual({
      passed: 3,
      failed: 2,
      failures: ['wrong\n    expected 1 to be 2\n      at a.ts:3', 'b\n    no such module'],
      skipped: ['late'],
    });
  });
});

describe('readPlaywright', () => {
  it('counts flaky tests as failed, and names them and skipped ones in nested suites', () => {
    const failed = { status: 'unexpected', results: [{}, { error: { message: 'no such button' } }] };
    const suite = {
      specs: [
        { title: 'on a phone', tests: [{ status: 'skipped' }] },
        { title: 'on a desk', tests: [failed] },
      ],
    };
    const report = { stats: { expected: 4, unexpected: 1, flaky: 0 }, errors: [], suites: [{ suites: [suite] }] };
    expect(readPlaywright(file(report))).toEqual({
      passed: 4,
      failed: 1,
      failures: ['on a desk\n    no such button'],
      skipped: ['on a phone'],
    });
  });
});

describe('printSummary', () => {
  it('names what did not run, and sums up in the last line', async () => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text));
    const results = [
      await runPart('unit', () => Promise.resolve({ passed: 7, failed: 0, failures: [], skipped: [] })),
      await runPart('browser', () => Promise.reject(new NotRun('no Chromium'))),
    ];
    const well = printSummary(results);
    log.mockRestore();
    expect(well).toBe(true);
    expect(lines).toContain('Did not run: browser: no Chromium');
    expect(lines.at(-1)).toBe('\n7 passed, 0 failed');
  });

  it('counts a part that broke off as failed, and says why at the end', async () => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text));
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const results = [await runPart('browser', () => Promise.reject(new Error('the build broke')))];
    const well = printSummary(results);
    log.mockRestore();
    error.mockRestore();
    expect(well).toBe(false);
    expect(lines).toContain('Did not run: browser: the build broke');
  });

  it('names what failed, last of all before the sum', async () => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text));
    const counts = { passed: 6, failed: 1, failures: ['adds up\n    expected 1 to be 2'], skipped: ['late'] };
    printSummary([await runPart('unit', () => Promise.resolve(counts))]);
    log.mockRestore();
    expect(lines.at(-2)).toBe('Failed in unit: adds up\n    expected 1 to be 2');
  });
});

describe('runParts', () => {
  it('runs so many at a time, one alone when the others are over, and answers in their order', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    let running = 0;
    const seen: [string, number][] = [];
    const work = async (name: string): Promise<Counts> => {
      running += 1;
      await new Promise((done) => setTimeout(done, 20));
      seen.push([name, running]);
      running -= 1;
      return { passed: 1, failed: 0, failures: [], skipped: [] };
    };
    const part = (name: string) => ({ name, work });
    const results = await runParts([part('a'), { ...part('b'), alone: true }, part('c'), part('d')], 2);
    log.mockRestore();
    expect(results.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(seen[0]).toEqual(['a', 2]);
    expect(seen.at(-1)).toEqual(['b', 1]);
  });
});

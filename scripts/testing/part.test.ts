import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { NotRun, printSummary, readPlaywright, readVitest, runPart } from './part';

const file = (content: unknown): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'part-')), 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
};

describe('readVitest', () => {
  it('counts a file that does not load as a failure and names what was skipped', () => {
    const report = {
      success: false,
      numPassedTests: 3,
      numFailedTests: 0,
      testResults: [
        { name: 'a', status: 'passed', assertionResults: [{ fullName: 'late', status: 'pending' }] },
        { name: 'b', status: 'failed', assertionResults: [] },
      ],
    };
    expect(readVitest(file(report))).toEqual({ passed: 3, failed: 1, skipped: ['late'] });
  });
});

describe('readPlaywright', () => {
  it('counts flaky tests as failed and finds skipped ones in nested suites', () => {
    const skipped = { specs: [{ title: 'on a phone', tests: [{ status: 'skipped' }] }] };
    const report = { stats: { expected: 4, unexpected: 1, flaky: 1 }, errors: [], suites: [{ suites: [skipped] }] };
    expect(readPlaywright(file(report))).toEqual({ passed: 4, failed: 2, skipped: ['on a phone'] });
  });
});

describe('printSummary', () => {
  it('names what did not run, and sums up in the last line', async () => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text));
    const results = [
      await runPart('unit', () => Promise.resolve({ passed: 7, failed: 0, skipped: [] })),
      await runPart('browser', () => Promise.reject(new NotRun('no Chromium'))),
    ];
    const well = printSummary(results);
    log.mockRestore();
    expect(well).toBe(true);
    expect(lines).toContain('Did not run: browser: no Chromium');
    expect(lines.at(-1)).toBe('\n7 passed, 0 failed');
  });

  it('counts a part that broke off as failed', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const results = [await runPart('browser', () => Promise.reject(new Error('the build broke')))];
    const well = printSummary(results);
    log.mockRestore();
    error.mockRestore();
    expect(well).toBe(false);
  });
});

import { readFileSync } from 'node:fs';

export interface Result {
  name: string;
  passed: number;
  failed: number;
  /** What failed, by name, and why. */
  failures: string[];
  /** Tests that were passed over, by name. */
  skipped: string[];
  /** Why the part did not run at all. */
  notRun?: string;
  seconds: number;
}

export type Counts = Pick<Result, 'passed' | 'failed' | 'failures' | 'skipped'>;

/** Says that a part cannot run here; that is named at the end, and is not a failure. */
export class NotRun extends Error {}

export interface Part {
  name: string;
  work: (name: string) => Promise<Counts>;
  /** Waits with short patience, and has the machine for itself. */
  alone?: boolean;
}

/** Each of them, so many at a time: while one waits for processes and the database, another works. */
export async function runParts(parts: readonly Part[], atOnce: number): Promise<Result[]> {
  const results = new Map<Part, Result>();
  const left = parts.filter(({ alone }) => !alone).values();
  const one = async (part: Part): Promise<unknown> =>
    results.set(part, await runPart(part.name, () => part.work(part.name)));
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const part of left) await one(part);
    }),
  );
  for (const part of parts) if (part.alone) await one(part);
  return parts.map((part) => results.get(part)!);
}

export async function runPart(name: string, work: () => Promise<Counts>): Promise<Result> {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const seconds = (): number => (Date.now() - began) / 1000;
  try {
    return { name, ...(await work()), seconds: seconds() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const nothing = { name, passed: 0, failures: [], skipped: [], seconds: seconds() };
    if (error instanceof NotRun) return { ...nothing, failed: 0, notRun: reason };
    console.error(reason);
    return { ...nothing, failed: 1, notRun: reason };
  }
}

interface VitestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  testResults: VitestFile[];
}
interface VitestFile {
  name: string;
  status: string;
  message: string;
  assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
}

/** Enough of a message to tell what happened; the whole stands where the test ran. */
const inShort = (name: string, message = ''): string => [name, ...message.split('\n').slice(0, 12)].join('\n    ');

export function readVitest(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const skipped = tests.filter(({ status }) => !['passed', 'failed'].includes(status)).map(({ fullName }) => fullName);
  // A file that does not even load holds no tests that could fail.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const failures = [
    ...tests.filter(({ status }) => status === 'failed').map((test) => inShort(test.fullName, test.failureMessages[0])),
    ...broken.map(({ name, message }) => inShort(name, message)),
  ];
  const failed = report.numFailedTests + broken.length;
  return { passed: report.numPassedTests, failed: report.success ? failed : Math.max(1, failed), failures, skipped };
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: { title: string; tests: { status: string; results?: { error?: { message?: string } }[] }[] }[];
}
interface PlaywrightReport extends PlaywrightSuite {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: { message?: string }[];
}

export function readPlaywright(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
  const skippedIn = ({ suites = [], specs = [] }: PlaywrightSuite): string[] => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'skipped')).map(({ title }) => title),
    ...suites.flatMap(skippedIn),
  ];
  const failuresIn = ({ suites = [], specs = [] }: PlaywrightSuite): string[] => [
    ...specs.flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => ['unexpected', 'flaky'].includes(status))
        .map(({ results = [] }) => inShort(title, results.find(({ error }) => error)?.error?.message)),
    ),
    ...suites.flatMap(failuresIn),
  ];
  const { expected, unexpected, flaky } = report.stats;
  const failures = [...failuresIn(report), ...report.errors.map(({ message = '' }) => message)];
  return { passed: expected, failed: unexpected + flaky + report.errors.length, failures, skipped: skippedIn(report) };
}

/** The table at the end: every part, what it did, and what did not run. Answers whether all is well. */
export function printSummary(results: Result[]): boolean {
  const width = Math.max(...results.map(({ name }) => name.length));
  console.log('\n── Summary');
  for (const { name, passed, failed, skipped, notRun, seconds } of results) {
    const counts = notRun && failed === 0 ? 'not run' : `${passed} passed, ${failed} failed`;
    const more = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
    console.log(`${name.padEnd(width)}  ${counts}${more}  (${seconds.toFixed(0)} s)`);
  }
  for (const { name, notRun } of results) if (notRun) console.log(`Did not run: ${name}: ${notRun.split('\n')[0]}`);
  for (const { name, skipped } of results) for (const test of skipped) console.log(`Skipped in ${name}: ${test}`);
  // Last, for what is shown of a long log is mostly its end.
  for (const { name, failures } of results)
    for (const failure of failures) console.log(`Failed in ${name}: ${failure}`);
  const sum = (key: 'passed' | 'failed'): number => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0;
}

import { ApiError } from '@/lib/contract/errors';

/** Something the reader of the terminal can act on: printed as its sentence, without a stack. */
export class Fault extends Error {}

function say(error: unknown): unknown {
  if (error instanceof Fault) return `\n${error.message}`;
  if (!(error instanceof ApiError)) return error;
  const details = error.details?.map(({ field, message }) => `\n  ${field}: ${message}`) ?? [];
  return `\n${error.message}${details.join('')}`;
}

/** Runs a command line's work; what its reader can mend ends it with a sentence, anything else with its stack. */
export async function main(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(say(error));
    process.exitCode = 1;
  }
}

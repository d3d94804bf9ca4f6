/** Something the reader of the terminal can act on: printed as its sentence, without a stack. */
export class Fault extends Error {}

/** Runs a command line's work; a fault ends it with its sentence, anything else with its stack. */
export async function main(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Fault ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

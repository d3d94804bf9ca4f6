import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Fault } from './fault';

const help = { help: { type: 'boolean', short: 'h' } } as const;

type WithHelp<C extends ParseArgsConfig> = C & { options: C['options'] & typeof help };

/**
 * The command line as parseArgs reads it. `--help` prints the usage and ends; what is not known ends with a sentence and
 * the usage.
 */
export function readOptions<const C extends ParseArgsConfig>(
  usage: string,
  config: C,
): ReturnType<typeof parseArgs<WithHelp<C>>> {
  let read: ReturnType<typeof parseArgs<WithHelp<C>>>;
  try {
    read = parseArgs({ ...config, options: { ...config.options, ...help } } as WithHelp<C>);
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
  if ((read.values as { help?: boolean }).help) {
    console.log(usage);
    process.exit(0);
  }
  return read;
}

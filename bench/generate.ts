import { run, script } from '../scripts/children';
import { Fault } from '../scripts/fault';

/** Generates the files in a process of its own, so that its memory is not counted with the import's. */
export async function generate(lines: number, folder: string): Promise<void> {
  const [command, args] = script('scripts/generate.ts', '--lines', String(lines), '--seed', '1', '--out', folder);
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Fault(`The lines could not be generated.\n${output.trim()}`);
}

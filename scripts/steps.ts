const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs a step and prints its name, its progress while it lasts, and the time it took. */
export async function step<T>(name: string, work: (say: (progress: string) => void) => Promise<T>): Promise<T> {
  const started = Date.now();
  const live = process.stdout.isTTY;
  let latest = '';
  const show = (): void => {
    const line = `  ${name} … ${seconds(started)}${latest ? `, ${latest}` : ''}`;
    if (live) process.stdout.write(`\r\x1b[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
    else console.log(line);
  };
  const timer = setInterval(show, live ? 500 : 20_000);
  const early = live ? undefined : setTimeout(show, 2_000);
  const stop = (mark: string): void => {
    clearInterval(timer);
    clearTimeout(early);
    console.log(`${live ? '\r\x1b[2K' : ''}${mark} ${name} (${seconds(started)})`);
  };
  try {
    const result = await work((progress) => {
      latest = progress;
    });
    stop('✓');
    return result;
  } catch (error) {
    stop('✗');
    throw error;
  }
}

const stopping = new AbortController();
/** Ctrl-C often arrives twice, from the terminal and from who started this process. */
const sameMs = 1_000;
let listens = false;

/** Fires on Ctrl-C or SIGTERM, for the work at hand to end in good order; pressed once more, the process ends at once. */
export function interrupted(): AbortSignal {
  if (listens) return stopping.signal;
  listens = true;
  let first = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (first && Date.now() - first > sameMs) process.exit(130);
      if (!first) {
        first = Date.now();
        process.stderr.write('  … stopping; once more to end at once\n');
        stopping.abort(new Error('Interrupted.'));
      }
    });
  return stopping.signal;
}

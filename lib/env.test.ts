import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

/** The folder of received files as a process sees it that runs in this folder. */
async function filesFrom(cwd: string, settings: Record<string, string>): Promise<string> {
  vi.spyOn(process, 'cwd').mockReturnValue(cwd);
  const { readEnv } = await import('./env');
  return readEnv(settings).DATA_DIR;
}

const project = join('/srv', 'brandlens');

describe('the folder of received files', () => {
  it.each([
    [{}, join(project, 'data', 'files')],
    [{ BRANDLENS_DATA: '/var/brandlens' }, join('/var/brandlens', 'files')],
    [{ DATA_DIR: 'received' }, join(project, 'received')],
    [{ DATA_DIR: '/mnt/received', BRANDLENS_DATA: '/var/brandlens' }, '/mnt/received'],
  ])('is the same for commands and for the built server: %o', async (settings, folder) => {
    expect(await filesFrom(project, settings)).toBe(folder);
    vi.resetModules();
    expect(await filesFrom(join(project, '.next', 'standalone'), settings)).toBe(folder);
  });
});

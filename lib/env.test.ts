import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// Another file may have loaded the settings already, and others may come.
beforeEach(() => vi.resetModules());
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

describe('what connectors may reach', () => {
  it('is read as a list; what is none is refused by name', async () => {
    const { readEnv } = await import('./env');
    const read = (hosts: string, folders: string) =>
      readEnv({ CONNECTOR_PRIVATE_HOSTS: hosts, CONNECTOR_FOLDERS: folders });
    expect(read('10.1.0.0/16, files.internal,', 'main=/srv/main, /srv/all')).toMatchObject({
      CONNECTOR_PRIVATE_HOSTS: ['10.1.0.0/16', 'files.internal'],
      CONNECTOR_FOLDERS: [
        { slug: 'main', path: '/srv/main' },
        { slug: null, path: '/srv/all' },
      ],
    });
    expect(() => read('files/16', '')).toThrow('CONNECTOR_PRIVATE_HOSTS: names, addresses or ranges');
    expect(() => read('', 'in')).toThrow('CONNECTOR_FOLDERS: absolute paths');
  });
});

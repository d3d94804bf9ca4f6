import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

// What a file of tests receives is kept in a folder of its own, which goes with it.
const folder = join(tmpdir(), `brandlens-files-${randomUUID()}`);
process.env['DATA_DIR'] = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

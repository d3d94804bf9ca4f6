import { resolve } from 'node:path';
import { moveWorkspace, MoveFault } from '@/lib/moves/move-workspace';
import { env } from '@/lib/env';
import { Fault, main } from './fault';
import { readOptions } from './options';

const usage = `Copies a workspace to another database. Every row is compared before the commit; where one differs, nothing is moved.
  npm run migrate-workspace -- --workspace SLUG --to URL --files DIR [OPTIONS]
    --files DIR    where the other database's server keeps received files, its DATA_DIR
    --from URL     the database it is in (default: the one that the other commands use)
    --as SLUG      its name over there (default: the same)
    --json         the report as JSON`;

void main(async () => {
  const { values } = readOptions(usage, {
    options: {
      workspace: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      as: { type: 'string' },
      files: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { workspace: slug, to, files, json } = values;
  if (!slug || !to || !files)
    throw new Fault(`Name the workspace, the other database, and where its server keeps files.\n\n${usage}`);
  const from = values.from ?? env.DATABASE_URL;
  const as = values.as ?? slug;
  try {
    const moved = await moveWorkspace({
      from,
      to,
      slug,
      as,
      files: resolve(files),
      onTable: (name) => process.stderr.write(`  … ${name}\n`),
    });
    if (json) console.log(JSON.stringify(moved, null, 2));
    else {
      for (const { name, rows, differs } of moved.tables)
        console.log(
          `  ${differs ? '✗' : '✓'} ${name.padEnd(22)} ${rows.toLocaleString('en').padStart(12)} rows${differs ? `: ${differs}` : ''}`,
        );
      for (const { name, rows, why } of moved.stays)
        console.log(`  – ${name.padEnd(22)} ${rows.toLocaleString('en').padStart(12)} rows stay: ${why}`);
      const { copied, missing, differ } = moved.files;
      console.log(
        `  files     ${copied} copied${missing ? `, ${missing} not found` : ''}${differ ? `, ${differ} not as they were received` : ''}`,
      );
      console.log(`  here      ${moved.totals[0]}\n  there     ${moved.totals[1]}`);
    }
    if (moved.workspaceId === null) throw new Fault('The two sides differ, so nothing was moved.');
    if (!json)
      console.log(
        `"${slug}" is in the other database as "${as}". It is here still: npm run delete-workspace removes it.`,
      );
  } catch (error) {
    throw error instanceof MoveFault ? new Fault(error.message) : error;
  }
});

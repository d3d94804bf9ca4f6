import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { ensureDatabase } from '@/lib/db/ensure-database';
import { migrate } from '@/lib/db/migrate';
import { loadPool } from '@/lib/db/pool';
import { env } from '@/lib/env';
import { publish } from '@/lib/ingest/publish';
import { dryRun } from '@/lib/ingest/received.fixture';
import { moveWorkspace, MoveFault, type Move } from './move-workspace';
import { left, listTables } from './tables';

const dataDir = env.DATA_DIR;
const name = `moved_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
const address = new URL(env.DATABASE_URL);
address.pathname = `/${name}`;
const to = address.href;
const slug = `leaves-${Date.now()}`;
const files = `${dataDir}-there`;
const move = (change: Partial<Move> = {}) =>
  moveWorkspace({ from: env.DATABASE_URL, to, slug, as: slug, files, ...change });
let there: Client;

beforeAll(async () => {
  await ensureDatabase(to);
  await migrate(to);
  there = new Client({ connectionString: to });
  await there.connect();
  const workspaceId = await createWorkspace({ name: 'Leaves', slug });
  const load = async (text: string, returns = false) => {
    const { id } = await dryRun(text, returns ? { negatives: 'returns' } : {}, { workspaceId });
    await publish({ workspaceId, importId: id, userId: null });
  };
  await load('product_id,brand,category,manufacturer\nP1,Alba,Coffee,Acme\nP2,Brio,Tea,Bravo\n');
  await load(
    'date,store,region,receipt,shopper,product,units,amount\n' +
      '2024-01-05,S1,North,r1,a,P1,1,2.50\n2024-01-05,S1,North,r1,a,P2,2,3.10\n2024-02-06,S2,South,r2,b,P2,-1,-1.55\n2024-02-07,S2,South,r3,,P1,3,7.50\n',
    true,
  );
  await dryRun('date,product,units,amount\n2024-03-01,P1,1,1\n', {}, { workspaceId });
});

afterAll(async () => {
  await there.end();
  await loadPool.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  rmSync(files, { recursive: true, force: true });
  await loadPool.end();
  await db.$disconnect();
});

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => one.name)
        .sort()
    : [];

/** While it runs, something is done over there to each row that comes into the table. */
async function spoiling<T>(table: string, what: string, run: () => Promise<T>): Promise<T> {
  await there.query(`
    CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${what} END $$;
    CREATE TRIGGER spoil BEFORE INSERT ON "${table}" FOR EACH ROW EXECUTE FUNCTION spoil()`);
  try {
    return await run();
  } finally {
    await there.query(`DROP TRIGGER spoil ON "${table}"; DROP FUNCTION spoil()`);
  }
}

const countThere = async (): Promise<number> =>
  Number((await there.query('SELECT count(*) FROM workspace')).rows[0].count);

describe('a workspace', () => {
  it('is not moved where a row would differ, and leaves nothing behind', async () => {
    const moved = await spoiling(
      'sale_line',
      'IF NEW.row_no = 2 THEN NEW.amount := NEW.amount + 1; END IF; RETURN NEW;',
      () => move(),
    );
    expect(moved.workspaceId).toBeNull();
    expect(moved.tables.filter(({ differs }) => differs)).toEqual([
      { name: 'sale_line', rows: 4, differs: 'as many rows, but not the same' },
    ]);
    expect(moved.totals).toEqual(['4 lines, 5 units, amount 11.55', '4 lines, 5 units, amount 11.56']);
    expect(await countThere()).toBe(0);
    expect(filesIn(files)).toEqual([]);
  });

  it('is not moved where its settings would differ', async () => {
    const moved = await spoiling('workspace', `NEW.name := NEW.name || '?'; RETURN NEW;`, () => move());
    expect(moved.tables.filter(({ differs }) => differs)).toEqual([
      { name: 'workspace', rows: 1, differs: 'as many rows, but not the same' },
    ]);
    expect(moved.workspaceId).toBeNull();
    expect(await countThere()).toBe(0);
  });

  it('is not moved where a table would lack its rows, whichever it is', async () => {
    const held = (await move({ as: 'tried' })).tables.filter(({ rows }) => rows > 0);
    await there.query(`TRUNCATE workspace CASCADE`);
    rmSync(files, { recursive: true });
    expect(held.length).toBeGreaterThan(20);
    for (const { name: table } of held.filter((_, at) => at % 5 === 0)) {
      const outcome = await spoiling(table, 'RETURN NULL;', () =>
        move().then(
          ({ workspaceId, tables }) => ({ workspaceId, differs: tables.find((one) => one.name === table)?.differs }),
          // What refers to the rows is refused by the database.
          (error: Error) => ({ workspaceId: null, differs: error.message }),
        ),
      );
      expect(outcome, table).toMatchObject({
        workspaceId: null,
        differs: expect.stringMatching(/rows here, 0 there|violates foreign key/),
      });
      expect(await countThere(), table).toBe(0);
      expect(filesIn(files), table).toEqual([]);
    }
  });

  it('is not moved where the connection is cut, at whatever table', async () => {
    const names: string[] = [];
    await move({ as: 'tried', onTable: (table) => void names.push(table) });
    await there.query(`TRUNCATE workspace CASCADE`);
    rmSync(files, { recursive: true });
    for (const at of [names[0], names[Math.floor(names.length / 2)], names.at(-1)]) {
      const cut = move({
        onTable: (table) => {
          if (table === at)
            void there.query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'brandlens-move' AND datname = '${name}'`,
            );
        },
      });
      await expect(cut, at).rejects.toThrow();
      expect(await countThere(), at).toBe(0);
      expect(filesIn(files), at).toEqual([]);
    }
  });

  it('is not moved where a received file is not what it was', async () => {
    const { rows } = await loadPool.query<{ path: string }>(
      `SELECT file_path AS path FROM import i JOIN workspace w ON w.id = i.workspace_id WHERE w.slug = $1 AND i.state = 'published' ORDER BY i.id LIMIT 1`,
      [slug],
    );
    const path = rows[0]!.path;
    const text = readFileSync(path);
    writeFileSync(path, 'something else');
    const moved = await move();
    writeFileSync(path, text);
    expect(moved).toMatchObject({ workspaceId: null, files: { copied: 1, missing: 0, differ: 1 } });
    expect(await countThere()).toBe(0);
    expect(filesIn(files)).toEqual([]);
  });

  it('is not moved into a folder that another workspace keeps its files in', async () => {
    const kept = filesIn(dataDir);
    const { rows } = await loadPool.query<{ id: number }>('SELECT id FROM workspace WHERE slug = $1', [slug]);
    await there.query(`SELECT setval(pg_get_serial_sequence('workspace', 'id'), $1, false)`, [rows[0]!.id]);
    await expect(move({ files: dataDir })).rejects.toThrow(/holds files already.*--files/);
    expect(filesIn(dataDir)).toEqual(kept);
    expect(await countThere()).toBe(0);
  });

  it('moves whole, with its files, and goes on over there with ids of its own', async () => {
    // Over there somebody has been at work before.
    await there.query(`INSERT INTO workspace (slug, name) VALUES ('first', 'First')`);
    const moved = await move({ as: 'arrives' });
    expect(moved.tables.filter(({ differs }) => differs)).toEqual([]);
    expect(moved.totals).toEqual(['4 lines, 5 units, amount 11.55', '4 lines, 5 units, amount 11.55']);
    expect(moved.tables.find((one) => one.name === 'import')?.rows).toBe(2);
    expect(moved.stays).toEqual([expect.objectContaining({ name: 'staged_line', rows: 1 })]);
    expect(moved.files).toEqual({ copied: 2, missing: 0, differ: 0 });
    const { rows: imports } = await there.query<{ file_path: string; top: number }>(
      'SELECT file_path, max(id) OVER () AS top FROM import WHERE workspace_id = $1',
      [moved.workspaceId],
    );
    for (const { file_path: path } of imports) {
      expect(path.startsWith(files)).toBe(true);
      expect(existsSync(path)).toBe(true);
    }
    const { rows: next } = await there.query<{ id: number }>(
      `SELECT nextval(pg_get_serial_sequence('import', 'id'))::int AS id`,
    );
    expect(next[0]!.id).toBeGreaterThan(imports[0]!.top);
    const bought = await there.query(
      `SELECT sum(bit_count(bits))::int AS buyers FROM shopper_month m JOIN category c USING (workspace_id)
       WHERE m.workspace_id = $1 AND c.id = m.category_id AND c.parent_id IS NULL AND m.brand_id = 0 AND month = '2024-01-01'`,
      [moved.workspaceId],
    );
    expect(bought.rows[0].buyers).toBe(1);
  });

  it('is refused with a sentence where it cannot go', async () => {
    await expect(move({ as: 'arrives' })).rejects.toThrow(/has a workspace "arrives" already/);
    await expect(move({ slug: 'nowhere' })).rejects.toThrow(MoveFault);
    await expect(move({ to: 'other' })).rejects.toThrow('is no address of a database');
    const missing = new URL(env.DATABASE_URL);
    missing.pathname = '/brandlens_nowhere';
    await expect(move({ to: missing.href })).rejects.toThrow(/brandlens_nowhere at .* cannot be reached/);
    await there.query(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name LIKE '0001%'`);
    await expect(move({ as: 'other' })).rejects.toThrow(/different migrations/);
  });

  it('consists of tables that are known to move or to stay', async () => {
    const { rows } = await loadPool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'workspace_id' AND table_schema = current_schema()`,
    );
    const client = new Client({ connectionString: env.DATABASE_URL });
    await client.connect();
    const moves = (await listTables(client)).map((table) => table.name);
    await client.end();
    expect([...moves, ...Object.keys(left)].sort()).toEqual(['workspace', ...rows.map((row) => row.name)].sort());
  });
});

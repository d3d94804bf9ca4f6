import { Client } from 'pg';

export interface Scratch {
  url: string;
  drop(): Promise<void>;
}

/** A database of its own on the server that the address names, for one run. */
export async function scratchDatabase(server: string): Promise<Scratch> {
  const name = `brandlens_test_${process.pid}_${Date.now()}`;
  const run = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: server, connectionTimeoutMillis: 10_000 });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  // It is thrown away whatever happens: no commit waits for the disk.
  await run(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

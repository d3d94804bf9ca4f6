import { Client } from 'pg';

/** Creates the database that the address names when the server lacks it. */
export async function ensureDatabase(connectionString: string): Promise<void> {
  const address = new URL(connectionString);
  const name = decodeURIComponent(address.pathname.slice(1));
  if (!name || name === 'postgres') return;
  address.pathname = '/postgres';
  const client = new Client({ connectionString: address.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0)
      await client
        .query(`CREATE DATABASE ${client.escapeIdentifier(name)} ENCODING 'UTF8' TEMPLATE template0`)
        .catch((error: unknown) => {
          // Another process was quicker.
          if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
        });
  } finally {
    await client.end();
  }
}

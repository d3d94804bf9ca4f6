import { Client } from 'pg';

/** Reads the lines themselves, past all that the product stores and computes: the truth that pages are held against. */
export async function readLines<Row extends object>(sql: string): Promise<Row[]> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL must name the database that the server reads.');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The demo's lines of its newest twelve months, which is what pages show at first. */
export const newestYear = `
  SELECT line.*, product.brand_id FROM sale_line line
  JOIN workspace ON workspace.id = line.workspace_id AND workspace.slug = 'demo'
  JOIN product ON product.workspace_id = line.workspace_id AND product.id = line.product_id
  WHERE line.date > (SELECT max(date) FROM sale_line WHERE workspace_id = workspace.id) - interval '1 year'`;

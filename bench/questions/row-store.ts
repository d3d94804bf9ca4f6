import type { PoolClient } from 'pg';
import { loadPool } from '@/lib/db/pool';
import type { Row } from './column-store';

/** The published lines of one workspace as SQL finds them in PostgreSQL: `line`, with the columns that DuckDB's table has. */
export class RowStore {
  private constructor(private readonly client: PoolClient) {}

  static async open(workspaceId: number): Promise<RowStore> {
    const client = await loadPool.connect();
    await client.query(`
      CREATE OR REPLACE TEMP VIEW line AS
      SELECT l.date, l.store_id, s.region_id, s.channel_id, s.attributes ->> 'format' AS store_format, l.shopper_no,
             h.attributes ->> 'age_band' AS shopper_age_band, l.basket_id, l.product_id, p.brand_id, b.manufacturer_id,
             p.category_id, p.attributes ->> 'tier' AS product_tier, l.units, l.amount, l.promotion,
             NOT l.is_return AND l.units > 0 AS purchase
      FROM sale_line l
      JOIN product p ON p.workspace_id = l.workspace_id AND p.id = l.product_id
      JOIN brand b ON b.workspace_id = p.workspace_id AND b.id = p.brand_id
      LEFT JOIN store s ON s.workspace_id = l.workspace_id AND s.id = l.store_id
      LEFT JOIN shopper h ON h.workspace_id = l.workspace_id AND h.no = l.shopper_no
      WHERE l.workspace_id = ${workspaceId}`);
    return new RowStore(client);
  }

  /** Null where it takes longer than so many milliseconds. */
  async ask(text: string, limit: number): Promise<Row[] | null> {
    await this.client.query(`SET statement_timeout = ${limit}`);
    try {
      return (await this.client.query<Row>(text)).rows;
    } catch (error) {
      if ((error as { code?: string }).code === '57014') return null;
      throw error;
    } finally {
      await this.client.query('SET statement_timeout = 0');
    }
  }

  async close(): Promise<void> {
    await this.client.query('DROP VIEW line');
    this.client.release();
  }
}

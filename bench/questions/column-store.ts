import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { availableParallelism } from 'node:os';

export type Row = Record<string, unknown>;

/** DuckDB with the lines in a table of its own, in one file. */
export class ColumnStore {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open(file: string): Promise<ColumnStore> {
    const instance = await DuckDBInstance.create(file, { threads: String(availableParallelism()) });
    return new ColumnStore(instance, await instance.connect());
  }

  async ask(text: string): Promise<Row[]> {
    return (await this.connection.runAndReadAll(text)).getRowObjectsJS();
  }

  /**
   * Fills `line` from the generated transactions: wide and in the order of dates, as a column store is served best. The
   * folder also holds what PostgreSQL calls products and stores.
   */
  async fill(folder: string): Promise<void> {
    const csv = (name: string): string => `read_csv('${folder.replaceAll("'", "''")}/${name}', header = true)`;
    await this.connection.run(`
      CREATE OR REPLACE TABLE raw AS
        SELECT row_number() OVER () + 1 AS row_no, * FROM read_csv('${folder.replaceAll("'", "''")}/transactions.csv.gz',
          header = true, types = {'amount': 'DECIMAL(14,2)', 'base_price': 'DECIMAL(14,2)', 'loyalty_id': 'VARCHAR'});
      CREATE OR REPLACE TABLE shopper AS
        SELECT row_number() OVER (ORDER BY code)::int AS shopper_no, *
        FROM (SELECT loyalty_id AS code, any_value(age_band) AS age_band, any_value(income_band) AS income_band
              FROM raw WHERE loyalty_id IS NOT NULL GROUP BY 1);
      CREATE OR REPLACE TABLE basket AS
        SELECT row_number() OVER (ORDER BY date, store_id, receipt_id) AS basket_id, date, store_id, receipt_id
        FROM (SELECT DISTINCT date, store_id, receipt_id FROM raw);
      CREATE OR REPLACE TABLE line AS
        SELECT r.row_no::int AS row_no, r.date, r.time, s.id AS store_id, s.region_id, s.channel_id, s.format AS store_format,
               h.shopper_no, h.age_band AS shopper_age_band, b.basket_id, p.id AS product_id, p.brand_id, p.manufacturer_id,
               p.category_id, p.tier AS product_tier, r.quantity::decimal(14,3) AS units, (r.amount * 100)::bigint AS amount,
               (r.base_price * r.quantity * 100)::bigint AS base_amount,
               (r.price_reduction + 2 * r.feature + 4 * r.display)::smallint AS promotion, r.is_return = 1 AS is_return,
               r.is_return = 0 AND r.quantity > 0 AS purchase
        FROM raw r JOIN ${csv('products.ids.csv')} p ON p.code = r.product_id
        JOIN ${csv('stores.ids.csv')} s ON s.code = r.store_id
        JOIN basket b ON b.date = r.date AND b.store_id = r.store_id AND b.receipt_id = r.receipt_id
        LEFT JOIN shopper h ON h.code = r.loyalty_id
        ORDER BY r.date, r.row_no;
      DROP TABLE raw;
      CHECKPOINT`);
  }

  /** Writes a query's rows as CSV. */
  async write(text: string, file: string): Promise<void> {
    await this.connection.run(`COPY (${text}) TO '${file.replaceAll("'", "''")}' (FORMAT csv, HEADER false)`);
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

import 'server-only';
import { env } from '@/lib/env';
import { decimalText } from '@/lib/formats/decimal';
import { keep, type Checkpoint, type Staging } from './checkpoint';
import { cell, copyInto } from './copy';
import { AMOUNT_SCALE, UNITS_SCALE, type Line } from './line';
import type { Fault } from './row';
import { stageMembers, type ReadMember, type Repeated } from './stage-members';
import type { Tally } from './tally';

const LONGEST_RAW = 10_000;
/** Text is turned into bytes in pieces of this length: strings by the thousand are what the garbage collector dreads. */
const PIECE = 65_536;

const targets = {
  lines:
    'staged_line (workspace_id, import_id, row_no, date, "time", store, region, channel, shopper, receipt, product, ' +
    'product_name, brand, manufacturer, category, pack_size, pack_unit, units, amount, base_amount, promotion, ' +
    'is_return, attributes)',
  rejects: 'rejected_row (workspace_id, import_id, row_no, column_name, reason, raw)',
} as const;
type Target = keyof typeof targets;
const order = ['lines', 'rejects'] as const satisfies Target[];

/**
 * Collects rows as COPY text and sends them in chunks, one chunk under way while the next is read. A chunk is a transaction
 * that keeps how far it goes: rows and checkpoint are there together or not at all.
 */
export class Stage {
  private pending: Record<Target, Buffer[]> = { lines: [], rejects: [] };
  private readonly text: Record<Target, string> = { lines: '', rejects: '' };
  private members: ReadMember[] = [];
  private size = 0;
  private underWay: Promise<void> = Promise.resolve();
  private failure: unknown;
  private readonly key: string;

  /** `kept`: the row that is staged so far. `repeats`: what is wrong with a member whose code an earlier row has. */
  constructor(
    private readonly staging: Staging,
    private kept: number,
    private readonly repeats: (again: Repeated) => Fault,
  ) {
    this.key = `${staging.workspaceId}\t${staging.importId}\t`;
  }

  get full(): boolean {
    return this.size >= env.IMPORT_CHUNK_BYTES;
  }

  line(row: number, line: Line): void {
    const { baseAmount } = line;
    this.add(
      'lines',
      `${this.key}${row}\t${line.date}\t${line.time ?? '\\N'}\t${cell(line.store)}\t${cell(line.region)}\t` +
        `${cell(line.channel)}\t${cell(line.shopper)}\t${cell(line.receipt)}\t${cell(line.product)}\t` +
        `${cell(line.productName)}\t${cell(line.brand)}\t${cell(line.manufacturer)}\t${cell(line.category)}\t` +
        `${line.packSize ?? '\\N'}\t${line.packUnit ?? '\\N'}\t${decimalText(line.units, UNITS_SCALE)}\t` +
        `${decimalText(line.amount, AMOUNT_SCALE)}\t` +
        `${baseAmount === null ? '\\N' : decimalText(baseAmount, AMOUNT_SCALE)}\t${line.promotion ?? '\\N'}\t` +
        `${line.isReturn ? 't' : 'f'}\t${cell(line.attributes)}\n`,
    );
  }

  /** It is counted, as accepted or rejected, once it is in: until then an earlier row may turn out to have its code. */
  member(member: ReadMember): void {
    this.members.push(member);
    this.size += 2 * member.raw.length;
  }

  /** One rejected row a column: the first fault found in it. */
  reject(row: number, faults: readonly Fault[], raw: string): void {
    const columns = new Set<string>();
    const text = cell(raw.slice(0, LONGEST_RAW).replaceAll('\u0000', ''));
    for (const { column, reason } of faults) {
      if (columns.has(column)) continue;
      columns.add(column);
      this.add('rejects', `${this.key}${row}\t${cell(column)}\t${cell(reason)}\t${text}\n`);
    }
  }

  /** Sends what is collected, the rows up to this one; returns as soon as the chunk before it is in. */
  async flush({ row, tally }: Checkpoint): Promise<void> {
    await this.underWay;
    if (this.failure !== undefined) throw this.failure;
    await this.staging.client.query('BEGIN');
    if (this.members.length > 0) await this.settleMembers(tally);
    for (const target of order) this.toBytes(target);
    const chunks = this.pending;
    this.pending = { lines: [], rejects: [] };
    this.size = 0;
    this.underWay = this.send(chunks, row, tally.save()).catch((error: unknown) => {
      this.failure = error;
    });
  }

  /** Sends the rest and waits for all of it. */
  async end(at: Checkpoint): Promise<void> {
    await this.flush(at);
    await this.settle();
    if (this.failure !== undefined) throw this.failure;
  }

  /** Waits for what is under way, whatever comes of it: the connection is free afterwards. */
  async settle(): Promise<void> {
    await this.underWay;
  }

  private add(target: Target, text: string): void {
    this.text[target] += text;
    if (this.text[target].length >= PIECE) this.toBytes(target);
  }

  private toBytes(target: Target): void {
    if (this.text[target] === '') return;
    const bytes = Buffer.from(this.text[target]);
    this.pending[target].push(bytes);
    this.size += bytes.length;
    this.text[target] = '';
  }

  /** Stages the members of the chunk and counts their rows: those whose code an earlier row has are rejected. */
  private async settleMembers(tally: Tally): Promise<void> {
    const { members } = this;
    this.members = [];
    try {
      const repeated = await stageMembers(this.staging, members);
      for (const { row, code, raw, warned } of members) {
        const again = repeated.get(row);
        if (!again) {
          tally.accept(row, warned);
          continue;
        }
        const fault = this.repeats(again);
        tally.reject([fault]);
        tally.addDuplicate(code, again.first, row);
        this.reject(row, [fault], raw);
      }
    } catch (error) {
      await this.staging.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  /** Ends the transaction that was begun for them. */
  private async send(chunks: Record<Target, Buffer[]>, row: number, tally: string): Promise<void> {
    const { client } = this.staging;
    try {
      for (const target of order) {
        if (chunks[target].length === 0) continue;
        await copyInto(client, targets[target], Buffer.concat(chunks[target]));
      }
      await keep(this.staging, this.kept, row, tally);
      await client.query('COMMIT');
      this.kept = row;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}

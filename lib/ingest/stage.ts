import 'server-only';
import { env } from '@/lib/env';
import type { Mapping } from '@/lib/contract/imports';
import { keep, type Checkpoint, type Staging } from './checkpoint';
import { cell, copyInto } from './copy';
import { CopyRows } from './copy-rows';
import type { Line } from './line';
import { LineRows } from './line-rows';
import type { Fault } from './row';
import { stageMembers, type ReadMember, type Repeated } from './stage-members';
import { Survey } from './survey';
import type { Tally } from './tally';

const LONGEST_RAW = 10_000;
/** Text is turned into bytes in pieces of this length: strings by the thousand are what the garbage collector dreads. */
const PIECE = 65_536;

/** A table gets longer by up to 64 pages at once: those that one chunk leaves over, before its end, are filled by the next. */
const LEFT_OVER = 128;

const REJECTS = 'rejected_row (workspace_id, import_id, row_no, column_name, reason, rule, raw)';

/**
 * Collects rows for COPY and sends them in chunks, one chunk under way while the next is read. A chunk is a transaction
 * that keeps how far it goes: rows and checkpoint are there together or not at all.
 */
export class Stage {
  readonly lines: LineRows;
  /** Of all lines, where none was staged before. */
  readonly survey: Survey | null;
  private readonly rows = new CopyRows(env.IMPORT_CHUNK_BYTES);
  private rejects: Buffer[] = [];
  private text = '';
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
    mapping: Mapping,
  ) {
    const { workspaceId, importId } = staging;
    this.key = `${workspaceId}\t${importId}\t`;
    const survey = new Survey();
    this.survey = kept === 0 ? survey : null;
    this.lines = new LineRows(this.rows, workspaceId, importId, mapping, survey);
  }

  get full(): boolean {
    return this.size + this.rows.size >= env.IMPORT_CHUNK_BYTES;
  }

  line(row: number, line: Line): void {
    this.lines.line(row, line);
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
    for (const { column, reason, rule } of faults) {
      if (columns.has(column)) continue;
      columns.add(column);
      this.add(`${this.key}${row}\t${cell(column)}\t${cell(reason)}\t${cell(rule ?? null)}\t${text}\n`);
    }
  }

  /** Sends what is collected, the rows up to this one; returns as soon as the chunk before it is in. */
  async flush({ row, tally }: Checkpoint): Promise<void> {
    await this.underWay;
    if (this.failure !== undefined) throw this.failure;
    await this.staging.client.query('BEGIN');
    if (this.members.length > 0) await this.settleMembers(tally);
    this.toBytes();
    const lines = this.rows.size > 0 ? this.rows.take() : null;
    const rejects = Buffer.concat(this.rejects);
    this.rejects = [];
    this.size = 0;
    this.underWay = this.send(lines, rejects, row, tally.save()).catch((error: unknown) => {
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

  private add(text: string): void {
    this.text += text;
    if (this.text.length >= PIECE) this.toBytes();
  }

  private toBytes(): void {
    if (this.text === '') return;
    const bytes = Buffer.from(this.text);
    this.rejects.push(bytes);
    this.size += bytes.length;
    this.text = '';
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

  /** The first page of the table that the next chunk may come to stand in. */
  private async firstPage(): Promise<number> {
    const { rows } = await this.staging.client.query<{ page: number }>(
      `SELECT greatest(0, pg_relation_size('staged_line') / current_setting('block_size')::int - ${LEFT_OVER})::int AS page`,
    );
    return rows[0]!.page;
  }

  /** Ends the transaction that was begun for them. */
  private async send(lines: Buffer | null, rejects: Buffer, row: number, tally: string): Promise<void> {
    const { client } = this.staging;
    try {
      const page = lines ? await this.firstPage() : 0;
      if (lines) await copyInto(client, this.lines.target, lines, 'binary');
      if (rejects.length > 0) await copyInto(client, REJECTS, rejects);
      await keep(this.staging, this.kept, row, tally);
      await client.query('COMMIT');
      // Whoever reads rows first notes in them that they are committed. After a checkpoint that logs each page whole, packed, which
      // takes ten times as long as reading it; so just after they were written they are read once.
      if (lines) await client.query(`SELECT count(*) FROM staged_line WHERE ctid >= '(${page},0)'`);
      this.kept = row;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}

import 'server-only';
import type { Feed, QualityAnswer } from '@/lib/contract/quality';
import { loadPool } from '@/lib/db/pool';

const DAY = 86_400_000;
/** A feed is late when nothing came for so many of its usual gaps. */
const LATE = 1.5;
/** So many files with dates of their own say how often they come. */
const FEWEST = 3;
const MOST_FILES = 5_000;
const MONTHS = 24;

export interface FeedFile {
  id: number;
  feed: string;
  name: string | null;
  kind: Feed['kind'];
  state: string;
  fileName: string;
  publishedAt: Date | null;
  to: string | null;
  error: string | null;
  rows: number;
  quality: number | null;
}

/** Quality over time and the feeds: files with the same header make a feed, and so do pushed lines. */
export async function readQuality(workspaceId: number, now = new Date()): Promise<QualityAnswer> {
  const [{ rows: months }, { rows: files }] = await Promise.all([
    loadPool.query<QualityAnswer['months'][number]>(
      `SELECT to_char(date_trunc('month', published_at), 'YYYY-MM-DD') AS month, count(*)::int AS files,
              sum(rows_in)::float8 AS rows, sum(rows_rejected)::float8 AS rejected,
              round((sum((report->'quality'->>'score')::numeric * greatest(rows_in, 1)) / sum(greatest(rows_in, 1))), 1)::float8 AS quality
       FROM import WHERE workspace_id = $1 AND state = 'published' AND report->'quality' IS NOT NULL
       GROUP BY 1 ORDER BY 1 DESC LIMIT ${MONTHS}`,
      [workspaceId],
    ),
    loadPool.query<FeedFile>(
      `SELECT i.id, coalesce(i.signature, CASE WHEN i.push_key IS NULL THEN i.id::text ELSE 'push' END) AS feed,
              CASE WHEN i.push_key IS NULL THEN t.name ELSE 'Pushed lines' END AS name, i.kind, i.state, i.file_name AS "fileName",
              i.published_at AS "publishedAt", i.date_to::text AS "to", i.error, coalesce(i.rows_in, 0) AS rows,
              (i.report->'quality'->>'score')::float8 AS quality
       FROM import i LEFT JOIN mapping_template t ON t.workspace_id = i.workspace_id AND t.signature = i.signature
       WHERE i.workspace_id = $1 AND i.state IN ('published', 'failed') ORDER BY i.id DESC LIMIT ${MOST_FILES}`,
      [workspaceId],
    ),
  ]);
  const feeds = new Map<string, FeedFile[]>();
  for (const file of files) feeds.set(file.feed, [...(feeds.get(file.feed) ?? []), file]);
  const order: Feed['state'][] = ['failed', 'stale', 'new', 'fresh'];
  return {
    months: months.reverse(),
    feeds: [...feeds.values()]
      .map((list) => feedOf(list, now))
      .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.lastImport - a.lastImport)
      .slice(0, 100),
  };
}

/** One feed of its files, the newest first. */
export function feedOf(files: readonly FeedFile[], now: Date): Feed {
  const last = files[0]!;
  const published = files.filter(({ state }) => state === 'published');
  const newest = published.reduce<Date | null>(
    (latest, { publishedAt }) => (publishedAt && (!latest || publishedAt > latest) ? publishedAt : latest),
    null,
  );
  const everyDays = rhythmOf(published);
  const silent = newest ? (now.getTime() - newest.getTime()) / DAY : 0;
  const late = everyDays !== null && silent > everyDays * LATE;
  const failed = last.state === 'failed';
  const rated = published.filter(({ quality }) => quality !== null);
  const weight = rated.reduce((sum, { rows }) => sum + Math.max(rows, 1), 0);
  const quality = rated.reduce((sum, one) => sum + one.quality! * Math.max(one.rows, 1), 0) / weight;
  const days = (count: number): string => `${Math.round(count)} ${Math.round(count) === 1 ? 'day' : 'days'}`;
  return {
    name: last.name ?? last.fileName,
    kind: last.kind,
    state: failed ? 'failed' : late ? 'stale' : everyDays === null ? 'new' : 'fresh',
    why: failed
      ? `${last.fileName} could not be taken. ${last.error ?? ''}`.trim()
      : late
        ? `Nothing came for ${days(silent)}; it usually comes every ${days(everyDays)}.`
        : null,
    files: published.length,
    lastImport: last.id,
    lastFileName: last.fileName,
    lastPublishedAt: newest?.toISOString() ?? null,
    to:
      published
        .map(({ to }) => to)
        .filter((to) => to !== null)
        .sort()
        .at(-1) ?? null,
    everyDays,
    quality: weight === 0 ? null : Math.round(quality * 10) / 10,
  };
}

/**
 * Days between the files of a feed, the median. By the last dates that they hold, as many may be loaded in one go; files
 * without dates go by when they came.
 */
function rhythmOf(published: readonly FeedFile[]): number | null {
  const times = published.map(({ to, publishedAt }) => (to ? Date.parse(to) : (publishedAt?.getTime() ?? 0)) / DAY);
  const distinct = [...new Set(times)].sort((a, b) => a - b);
  if (distinct.length < FEWEST) return null;
  const gaps = distinct
    .slice(1)
    .map((time, at) => time - distinct[at]!)
    .sort((a, b) => a - b);
  const middle = gaps.length >> 1;
  const median = gaps.length % 2 === 1 ? gaps[middle]! : (gaps[middle - 1]! + gaps[middle]!) / 2;
  return Math.max(1, Math.round(median * 10) / 10);
}

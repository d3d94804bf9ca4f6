import 'server-only';

/** What went wrong in the database, as far as a caller can act on it. */
export type DatabaseFault = 'unavailable' | 'timed-out' | 'serialization';

const unavailableCodes = new Set(['P1001', 'P1002', 'P1003', 'P1008', 'P1017', 'P2024', 'P2037']);
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
// Classes 08 (connection), 53 (too few resources) and 57P (shut down); 3D000: no such database.
const unavailableStates = /^(08...|53...|57P0[1-5]|3D000)$/;
const unavailableKinds = new Set([
  'DatabaseNotReachable',
  'DatabaseDoesNotExist',
  'TooManyConnections',
  'ConnectionClosed',
  'SocketTimeout',
]);
const unavailableWords =
  /timeout exceeded when trying to connect|connection terminated|connection error and is not queryable|unable to start a transaction|server has closed the connection|connection timeout/i;

interface Driver {
  driverAdapterError?: { cause?: { kind?: string; originalCode?: string } };
  timeTaken?: number;
}

const field = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];

/** Told without asking the database, after it failed several times in a row. */
export class SourceDown extends Error {
  override readonly name = 'SourceDown';
}

/** Reads an error of Prisma or pg; null for any other. */
export function databaseFault(error: unknown): DatabaseFault | null {
  if (!(error instanceof Error)) return null;
  // By its name: it may come from a read that another bundle has begun.
  if (error.name === 'SourceDown') return 'unavailable';
  const code = String(field(error, 'code') ?? '');
  const meta = (field(error, 'meta') ?? {}) as Driver;
  const { kind = '', originalCode = code } = meta.driverAdapterError?.cause ?? {};
  if (originalCode === '57014' || (code === 'P2028' && meta.timeTaken !== undefined)) return 'timed-out';
  if (originalCode === '40001' || originalCode === '40P01' || code === 'P2034') return 'serialization';
  if (unavailableCodes.has(code) || socketCodes.has(code) || unavailableKinds.has(kind)) return 'unavailable';
  if (unavailableStates.test(originalCode) || unavailableWords.test(error.message)) return 'unavailable';
  return error.cause ? databaseFault(error.cause) : null;
}

const diskFull = new Set<unknown>(['53100', 'ENOSPC']);

/** The database's disk has no room left, or that of this process. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && (diskFull.has(field(error, 'code')) || isDiskFull(error.cause));

/** What passes by itself: a lost connection, a database that starts, two who wait for each other. A full disk does not. */
export const passes = (error: unknown): boolean => {
  const fault = databaseFault(error);
  return (fault === 'unavailable' || fault === 'serialization') && !isDiskFull(error);
};

export const isUnavailable = (error: unknown): boolean => databaseFault(error) === 'unavailable';

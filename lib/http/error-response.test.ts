import { describe, expect, it } from 'vitest';
import { ApiError, errorBody, errorCodes, type ErrorCode } from '@/lib/contract/errors';
import { SourceDown } from '@/lib/db/fault';
import { errorResponse, toApiError } from './error-response';

const prisma = (code: string, cause: object, more: object = {}) =>
  Object.assign(new Error('raw'), { code, meta: { driverAdapterError: { cause }, ...more } });

describe('errors', () => {
  it.each(Object.keys(errorCodes) as ErrorCode[])('%s has its status and the one shape', async (code) => {
    const response = errorResponse(new ApiError(code, 'Why.', [{ field: 'a', message: 'b' }]), 'request-1');
    expect(response.status).toBe(errorCodes[code].status);
    expect(response.headers.get('x-request-id')).toBe('request-1');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(errorBody.parse(await response.json()).error).toEqual({
      code,
      message: 'Why.',
      details: [{ field: 'a', message: 'b' }],
      requestId: 'request-1',
    });
    expect(response.headers.has('retry-after')).toBe(code === 'unavailable' || code === 'rate_limited');
  });

  it.each([
    ['refused', prisma('P1001', { kind: 'DatabaseNotReachable' }), 'unavailable'],
    ['refused on a raw query', prisma('P2010', { kind: 'DatabaseNotReachable' }), 'unavailable'],
    ['no connection free', new Error('timeout exceeded when trying to connect'), 'unavailable'],
    ['no transaction free', new Error('Unable to start a transaction in the given time.'), 'unavailable'],
    ['shut down', prisma('P2010', { kind: 'postgres', originalCode: '57P01' }), 'unavailable'],
    ['too many', prisma('P2010', { kind: 'TooManyConnections', originalCode: '53300' }), 'unavailable'],
    ['the breaker is open', new SourceDown('down'), 'unavailable'],
    ['socket gone', Object.assign(new Error('read'), { code: 'ECONNRESET' }), 'unavailable'],
    ['statement time-out', prisma('P2010', { kind: 'postgres', originalCode: '57014' }), 'timed_out'],
    ['transaction time-out', prisma('P2028', {}, { timeTaken: 900 }), 'timed_out'],
    ['lost a race', prisma('P2010', { kind: 'TransactionWriteConflict', originalCode: '40001' }), 'unavailable'],
    ['a wrong column', prisma('P2010', { kind: 'postgres', originalCode: '42703' }), 'internal'],
    ['a bug', new TypeError('x is not a function'), 'internal'],
    ['no error at all', 'text', 'internal'],
  ])('%s', (_, error, code) => {
    const told = toApiError(error);
    expect(told.code).toBe(code);
    expect(told.message).not.toMatch(/raw|column|function/);
  });
});

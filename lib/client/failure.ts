import { errorCodes, type ErrorCode } from '@/lib/contract/errors';

/** What the API answered instead of data; "offline" where no answer came at all. */
export class ApiFailure extends Error {
  readonly code: ErrorCode | 'offline';
  readonly details: { field: string; message: string }[];
  readonly requestId: string | null;
  readonly status: number;
  /** Seconds until it is worth another try, where the server says. */
  readonly retryAfter: number | null;

  constructor(
    code: ErrorCode | 'offline',
    message: string,
    more: Partial<Pick<ApiFailure, 'details' | 'requestId' | 'status' | 'retryAfter'>> = {},
  ) {
    super(message);
    this.name = 'ApiFailure';
    this.code = code;
    this.details = more.details ?? [];
    this.requestId = more.requestId ?? null;
    this.status = more.status ?? (code === 'offline' ? 0 : errorCodes[code].status);
    this.retryAfter = more.retryAfter ?? null;
  }
}

/** Another try may help: the server was busy or down, or no answer came. A 4xx will not change. */
export const isPassing = (error: unknown): boolean =>
  !(error instanceof ApiFailure) || error.status === 0 || error.status === 429 || error.status >= 500;

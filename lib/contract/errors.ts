import { z } from 'zod';

/** Every error code the API answers with, its status, and when it is used. */
export const errorCodes = {
  invalid_request: {
    status: 400,
    when: 'A parameter, filter or body is wrong; details name the field and what would be right.',
  },
  unauthenticated: { status: 401, when: 'No valid session or key.' },
  forbidden: { status: 403, when: 'The role does not allow it.' },
  not_found: { status: 404, when: 'There is no such thing in a workspace of yours.' },
  conflict: { status: 409, when: 'The thing is not in a state that allows it, or it is there already.' },
  too_large: { status: 413, when: 'The body or file is over the limit.' },
  unsupported_type: { status: 415, when: 'The content type is not one that is understood.' },
  unprocessable: { status: 422, when: 'Well formed, but it cannot be done with this data; details say why.' },
  rate_limited: { status: 429, when: 'Too many requests; Retry-After says when to come back.' },
  internal: { status: 500, when: 'Our fault. It has been reported under the request id.' },
  unavailable: { status: 503, when: 'A part this answer needs is down; Retry-After says when to try again.' },
  timed_out: { status: 504, when: 'The query ran past its time limit; narrow the dates or filters.' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

export const errorBody = z.object({
  error: z.object({
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    /** One entry a fault: the field (dotted path) and what would be right. */
    details: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  }),
});
export type ErrorBody = z.output<typeof errorBody>;

/** Thrown anywhere on the server for what has an answer in the table above. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: { field: string; message: string }[],
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

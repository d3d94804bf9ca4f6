import 'server-only';
import { z } from 'zod';
import { ApiError } from '@/lib/contract/errors';
import { mostLines, pushLimit, pushLine, type PushLine } from '@/lib/contract/push';
import { checkLength, readText } from './body';
import { parse } from './parse';

const jsonLines = ['application/x-ndjson', 'application/jsonl', 'application/json-lines'];
const mostFaults = 100;

const wrong = (message: string, field = 'body') => new ApiError('invalid_request', message, [{ field, message }]);

/** The lines in the body of a request: a JSON array, or one JSON object a line. */
export async function readLines(request: Request): Promise<PushLine[]> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && !jsonLines.includes(type)) {
    throw new ApiError(
      'unsupported_type',
      'Send lines as a JSON array with content-type: application/json, or as JSON lines with application/x-ndjson.',
    );
  }
  checkLength(request, pushLimit);
  if (!request.body) throw wrong('The body is missing.');
  const text = await readText(request.body, pushLimit).catch((error: unknown) => {
    throw error instanceof ApiError ? error : wrong('The body is not UTF-8.');
  });
  const lines = type === 'application/json' ? arrayOf(text) : eachOf(text);
  if (lines.length === 0) throw wrong('The body holds no lines.');
  if (lines.length > mostLines) {
    const [held, most] = [lines.length, mostLines].map((count) => count.toLocaleString('en'));
    throw new ApiError('too_large', `The body holds ${held} lines; a batch has at most ${most}. Send several.`);
  }
  return checked(lines);
}

function arrayOf(text: string): unknown[] {
  const value = valueOf(text, 'The body');
  if (Array.isArray(value)) return value as unknown[];
  throw wrong('The body must be a JSON array of lines.');
}

const eachOf = (text: string): unknown[] =>
  text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [valueOf(line, `Line ${at + 1}`)]));

function valueOf(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw wrong(`${what} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300));
  }
}

/** Fields that no line has, and values that are none, are the sender's mistake: nothing is kept. */
async function checked(lines: unknown[]): Promise<PushLine[]> {
  try {
    return (await parse(z.array(pushLine), lines, 'body')) as PushLine[];
  } catch (error) {
    if (!(error instanceof ApiError) || !error.details) throw error;
    const details = error.details.slice(0, mostFaults).map(({ field, message }) => {
      const [at = '', ...rest] = field.split('.');
      return { field: [`line ${Number(at) + 1}`, ...rest].join(': '), message };
    });
    const [first] = details;
    throw new ApiError(
      'invalid_request',
      `The body is wrong: ${first?.field} ${first?.message}`.slice(0, 500),
      details,
    );
  }
}

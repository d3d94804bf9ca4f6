import { z } from 'zod';
import { ApiError } from '@/lib/contract/errors';
import { unfit } from './unfit';

export interface Fault {
  field: string;
  message: string;
}

type Issue = z.core.$ZodIssue;

const isOwnText = (message: string): boolean => !/^(Invalid|Too (big|small)|Unrecognized)/.test(message);

/** What a schema asks for ("a whole number") as the end of a sentence that begins with the field's name. */
const asDemand = (text: string): string => (/^(an?|at|from|one|\d)\b/.test(text) ? `must be ${text}` : text);

const bound = (issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): string => {
  const [side, value] = issue.code === 'too_big' ? ['most', issue.maximum] : ['least', issue.minimum];
  const of = { string: ' characters', array: ' entries', set: ' entries' }[issue.origin as string];
  return `must ${of ? 'have' : 'be'} at ${side} ${value}${of ?? ''}`;
};

const say = (issue: Issue): string => {
  // A union that says itself what it takes needs no list of its branches.
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && !isOwnText(issue.message)) {
    const ways = issue.errors.flatMap((branch) => branch.slice(0, 1).map(say));
    return [...new Set(ways)].join('; or ');
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('received undefined')) {
    return `is missing: expected ${issue.expected}`;
  }
  if (isOwnText(issue.message)) return asDemand(issue.message);
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
  if (issue.code === 'too_big' || issue.code === 'too_small') return bound(issue);
  if (issue.code === 'invalid_type') return `must be of the type ${issue.expected}`;
  return issue.message;
};

/** Zod's issues as fields with what would be right. */
export function faultsOf(issues: readonly Issue[], known: readonly string[] = [], at = ''): Fault[] {
  return issues.flatMap((issue) => {
    const path = [...(at ? [at] : []), ...issue.path.map(String)];
    if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.') || 'body', message: say(issue) }];
    const choice = issue.path.length === 0 && known.length > 0 ? ` Known are: ${known.join(', ')}.` : '';
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), message: `is not known here.${choice}` }));
  });
}

const keysOf = (schema: z.ZodType): string[] => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);

const nothing = z.strictObject({});

function refuse(what: string, faults: Fault[]): never {
  const first = faults[0];
  const message = `The ${what} is wrong${first ? `: ${first.field} ${first.message}` : ''}`;
  throw new ApiError('invalid_request', message.slice(0, 500), faults);
}

function refuseUnfit(value: unknown, what: string): void {
  const found = unfit(value);
  if (found) refuse(what, [{ ...found, field: found.field || what }]);
}

/** The value as the schema has it, or 400 with every fault. */
export async function parse(schema: z.ZodType | undefined, value: unknown, what: string): Promise<unknown> {
  refuseUnfit(value, what);
  const used = schema ?? nothing;
  const parsed = await used.safeParseAsync(value, { reportInput: true });
  if (!parsed.success) return refuse(what, faultsOf(parsed.error.issues, keysOf(used)));
  // JSON within a parameter has been read by now.
  refuseUnfit(parsed.data, what);
  return parsed.data;
}

/** Search parameters as an object; one given twice is a fault. */
export function searchObject(parameters: URLSearchParams): Record<string, string> {
  const names = [...parameters.keys()];
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) {
    const details = [...new Set(twice)].map((field) => ({ field, message: 'is given more than once.' }));
    throw new ApiError('invalid_request', `The query is wrong: ${twice[0]} is given more than once.`, details);
  }
  return Object.fromEntries(parameters);
}

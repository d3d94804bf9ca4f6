import 'server-only';
import { Agent, request, type Dispatcher } from 'undici';
import type { ConnectorLimits } from '@/lib/contract/connector-limits';
import { ApiError } from '@/lib/contract/errors';
import { connectorTo, type PrivateHosts } from './address';
import { faultOf, Passing, placeOf, refusalOf } from './fault';
import { Pace } from './pace';
import { Patience } from './patience';

export interface Asked {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Answers that say no, but which are read all the same. */
  also?: readonly number[];
  /** Headers made anew for each try, such as a signature that holds the time. */
  sign?: (url: URL) => Promise<Record<string, string>>;
}

export interface Answer {
  status: number;
  headers: Dispatcher.ResponseData['headers'];
  body: Dispatcher.ResponseData['body'];
  /** Where the answer came from, after redirects. */
  url: URL;
}

export interface Statistics {
  requests: number;
  retries: number;
  /** Answers that asked for fewer requests. */
  throttled: number;
  bytes: number;
  waitedMs: number;
}

const mostRedirects = 5;
const connectMs = 10_000;

/** What all connectors ask the other side through: within limits, patiently, and of public addresses only. */
export class Client {
  private readonly agent: Agent;
  private readonly pace: Pace;
  private readonly patience: Patience;
  private readonly counts = { requests: 0, throttled: 0, bytes: 0 };

  constructor(
    private readonly limits: ConnectorLimits,
    opened: PrivateHosts,
    private readonly signal: AbortSignal,
  ) {
    const silent = limits.silentSeconds * 1_000;
    this.agent = new Agent({
      connect: connectorTo(opened, Math.min(connectMs, silent)),
      connections: limits.connections,
      headersTimeout: silent,
      bodyTimeout: silent,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 65_536,
    });
    this.pace = new Pace(limits.delayMs);
    this.patience = new Patience(limits);
  }

  get statistics(): Statistics {
    return { ...this.counts, retries: this.patience.retries, waitedMs: this.pace.waited };
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  /** Asks until the answer was read: `read` runs again with each try. What it throws as passing is tried again, too. */
  ask<T>(address: string | URL, asked: Asked, read: (answer: Answer) => Promise<T>): Promise<T> {
    return this.bear(address, asked, read, this.limits.pageSeconds);
  }

  /** The same for an answer that may take as long as the run. */
  askLong<T>(address: string | URL, asked: Asked, read: (answer: Answer) => Promise<T>): Promise<T> {
    return this.bear(address, asked, read, this.limits.runSeconds);
  }

  /** The whole body as text, within the limit of a page. */
  text(address: string | URL, asked: Asked = {}): Promise<string> {
    return this.ask(address, asked, (answer) => this.wholeText(answer));
  }

  /**
   * The body as JSON; null for a no that was allowed for. What is no JSON is asked for again: it may have been cut. So is what
   * `judge` throws as passing.
   */
  json<T = unknown>(
    address: string | URL,
    asked: Asked = {},
    judge: (given: unknown) => T = (given) => given as T,
  ): Promise<T> {
    return this.ask(address, asked, async (answer) => {
      if (answer.status >= 400) return judge(null);
      return judge(parsed(await this.wholeText(answer), answer.url));
    });
  }

  /** The chunks of a body as they come, counted; more than `most` bytes end the run. */
  async *chunks({ body, url }: Answer, most: number): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      this.counts.bytes += chunk.length;
      if (size > most)
        throw new ApiError(
          'unprocessable',
          `${placeOf(url)} answers more than ${most.toLocaleString('en')} bytes, which is the limit.`,
        );
      yield chunk;
    }
  }

  private async wholeText(answer: Answer): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunks(answer, this.limits.pageBytes)) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }

  private bear<T>(
    address: string | URL,
    asked: Asked,
    read: (answer: Answer) => Promise<T>,
    seconds: number,
  ): Promise<T> {
    const url = new URL(address);
    const attempt = async (): Promise<T> => {
      await this.pace.turn(this.signal);
      const late = AbortSignal.timeout(seconds * 1_000);
      try {
        const done = await this.once(url, asked, read, AbortSignal.any([this.signal, late]));
        this.pace.well();
        return done;
      } catch (error) {
        if (this.signal.aborted) throw error;
        if (late.aborted) throw new Passing(`${url.host} takes longer than ${seconds} seconds for an answer.`);
        const fault = faultOf(error, url);
        if (fault instanceof Passing) this.heed(fault);
        throw fault;
      }
    };
    return this.patience.bear(url, attempt, this.signal);
  }

  private heed(fault: Passing): void {
    if (fault.throttled) this.counts.throttled += 1;
    if ((fault.throttled || fault.afterMs > 0) && !this.patience.isTooLong(fault)) this.pace.slow(fault.afterMs);
  }

  private async once<T>(
    start: URL,
    asked: Asked,
    read: (answer: Answer) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    let url = start;
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
      this.counts.requests += 1;
      // What was meant for one side is not shown to another.
      const own = url.origin === start.origin ? { ...asked.headers, ...(await asked.sign?.(url)) } : {};
      const { statusCode, headers, body } = await request(url, {
        dispatcher: this.agent,
        method: asked.method ?? 'GET',
        headers: { 'user-agent': 'Brandlens', 'accept-encoding': 'identity', ...own },
        ...(asked.body !== undefined && { body: asked.body }),
        signal,
      });
      try {
        const next = redirectOf(statusCode, headers['location'], url, asked);
        if (!next) {
          const isWanted = asked.also?.includes(statusCode) ?? false;
          const refusal = isWanted ? null : refusalOf(statusCode, single(headers['retry-after']), url);
          if (refusal) throw refusal;
          return await read({ status: statusCode, headers, body, url });
        }
        url = next;
      } finally {
        // Short rests are read so that the connection can be used again; whatever else is left is cut off.
        if (!body.destroyed) await body.dump({ limit: 16_384, signal }).catch(() => undefined);
      }
    }
    throw new ApiError('unprocessable', `${placeOf(start)} leads on more than ${mostRedirects} times.`);
  }
}

function parsed(text: string, url: URL): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (/^\s*</.test(text))
      throw new ApiError('unprocessable', `${placeOf(url)} answers a web page where JSON was expected.`);
    throw new Passing(`${placeOf(url)} answers something that is no JSON: "${text.slice(0, 40)}".`);
  }
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

function redirectOf(status: number, location: string | string[] | undefined, url: URL, { method }: Asked): URL | null {
  const to = single(location);
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const next = to && URL.canParse(to, url) ? new URL(to, url) : null;
  if (!next) throw new ApiError('unprocessable', `${placeOf(url)} leads on to an address that is none.`);
  const isWeb = next.protocol === 'https:' || (next.protocol === 'http:' && url.protocol === 'http:');
  if (!isWeb || method === 'POST')
    throw new ApiError('unprocessable', `${placeOf(url)} leads on to ${placeOf(next)}, which is not followed.`);
  return next;
}

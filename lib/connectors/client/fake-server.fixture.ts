import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

// A real server on this machine that misbehaves as told.

type Behave = (request: IncomingMessage, response: ServerResponse, nth: number) => void | Promise<void>;

export interface Seen {
  at: number;
  path: string;
  query: string;
  headers: IncomingMessage['headers'];
  socket: Socket;
}

export class FakeServer {
  readonly seen: Seen[] = [];
  private readonly counts = new Map<string, number>();

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** Answers each path by its behaviour; `nth` counts the requests of a path from 1. */
  static async start(paths: Record<string, Behave>, host = '127.0.0.1', others?: Behave): Promise<FakeServer> {
    const server = createServer((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      const nth = (fake.counts.get(path) ?? 0) + 1;
      fake.counts.set(path, nth);
      fake.seen.push({
        at: Date.now(),
        path,
        query: (request.url ?? '').split('?')[1] ?? '',
        headers: request.headers,
        socket: request.socket,
      });
      const behave = paths[path] ?? others;
      if (behave) void behave(request, response, nth);
      else response.writeHead(404).end();
    });
    server.listen(0, host);
    await once(server, 'listening');
    const fake = new FakeServer(server, `http://${host}:${(server.address() as AddressInfo).port}`);
    return fake;
  }

  count(path: string): number {
    return this.counts.get(path) ?? 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export const json = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { addMember } from '@/lib/access/change-people';
import { auth } from '@/lib/access/auth';
import { createUser } from '@/lib/access/create-user';
import { createWorkspace } from '@/lib/access/create-workspace';
import type { Endpoint, Role } from '@/lib/contract/endpoint';
import { db } from '@/lib/db/client';

// Calls route handlers as Next.js does, signed in as a user made for the test.

export const origin = 'http://localhost:3000';

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

export interface Person {
  id: string;
  email: string;
  cookie: string;
}

export async function makePerson(): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const password = 'a long enough password';
  const id = await createUser({ email, name: 'Test', password });
  const response = await auth().api.signInEmail({ body: { email, password }, asResponse: true });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return { id, email, cookie: cookies.join('; ') };
}

export async function makeWorkspace(members: [Person, Role][] = []): Promise<{ id: number; slug: string }> {
  const slug = `t-${randomUUID()}`;
  const id = await createWorkspace({ name: 'Test', slug });
  for (const [{ id: userId }, role] of members) await addMember({ workspaceId: id, userId, role });
  return { id, slug };
}

/** Moves the data version, as a publish does. */
export async function moveVersion(workspaceId: number): Promise<number> {
  const moved = await db.workspace.update({ where: { id: workspaceId }, data: { dataVersion: { increment: 1 } } });
  return Number(moved.dataVersion);
}

async function handlerOf(endpoint: Endpoint): Promise<Handler> {
  const folder = endpoint.path.replace(/\{(\w+)\}/g, '[$1]');
  const file = join(process.cwd(), 'app/api', folder, 'route.ts');
  const route = (await import(file)) as Record<string, Handler | undefined>;
  const handler = route[endpoint.method];
  if (!handler) throw new Error(`${endpoint.method} ${endpoint.path} has no handler`);
  return handler;
}

export interface Asking {
  cookie?: string | undefined;
  /** An API key. */
  key?: string | undefined;
  params?: Record<string, string>;
  query?: Record<string, string> | URLSearchParams;
  /** Sent as JSON. */
  json?: unknown;
  body?: string | ReadableStream<Uint8Array>;
  headers?: Record<string, string>;
}

export async function ask(endpoint: Endpoint, asking: Asking = {}): Promise<Response> {
  const { cookie, key, params = {}, query = {}, json, headers = {} } = asking;
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '1');
  const url = new URL(`${origin}/api${path}`);
  url.search = new URLSearchParams(query).toString();
  const body = json === undefined ? asking.body : JSON.stringify(json);
  const request = new Request(url, {
    method: endpoint.method,
    headers: {
      host: 'localhost:3000',
      ...(cookie && { cookie }),
      ...(key && { authorization: `Bearer ${key}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body, duplex: 'half' }),
  } as RequestInit);
  const handler = await handlerOf(endpoint);
  return handler(request, { params: Promise.resolve(params) });
}

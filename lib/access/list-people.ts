import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import type { Person } from '@/lib/contract/people';
import { db } from '@/lib/db/client';

/** Who belongs to the workspace, by name. */
export async function listPeople(workspaceId: number, userId?: string): Promise<Person[]> {
  const members = await db.member.findMany({
    where: { workspaceId, ...(userId !== undefined && { userId }) },
    include: { user: { select: { name: true, email: true } } },
    orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
  });
  return members.map(({ userId: id, role, createdAt, user }) => ({
    id,
    ...user,
    role,
    since: createdAt.toISOString(),
  }));
}

export async function getPerson(workspaceId: number, userId: string): Promise<Person> {
  const [found] = await listPeople(workspaceId, userId);
  if (found) return found;
  throw new ApiError('not_found', 'There is no such member of the workspace.');
}

/** The account of this address. */
export async function findAccount(email: string): Promise<string> {
  const found = await db.user.findUnique({ where: { email }, select: { id: true } });
  if (found) return found.id;
  throw new ApiError(
    'unprocessable',
    `Nobody has an account with the address ${email}. It is made on the sign-in page, or by: npm run user -- --email ${email}`,
  );
}

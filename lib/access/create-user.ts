import 'server-only';
import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { ApiError } from '@/lib/contract/errors';
import { db } from '@/lib/db/client';

const newUser = z.object({
  email: z.email('an e-mail address').trim().toLowerCase(),
  name: z.string().trim().min(1, 'a name').max(100),
  password: z.string().min(8, 'at least 8 characters').max(128, 'at most 128 characters'),
});

/** Makes a user who signs in with e-mail and password, without signing them in; answers the id. */
export async function createUser(input: z.input<typeof newUser>): Promise<string> {
  const parsed = newUser.safeParse(input);
  if (!parsed.success) {
    const details = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
    throw new ApiError('invalid_request', 'The user’s details are wrong.', details);
  }
  const { email, name, password } = parsed.data;
  const id = randomUUID();
  const there = await db.user.findUnique({ where: { email }, select: { id: true } });
  if (there) throw new ApiError('conflict', `A user with the e-mail address ${email} is there already.`);
  const account = { id: randomUUID(), accountId: id, providerId: 'credential', password: await hashPassword(password) };
  await db.user.create({ data: { id, email, name, accounts: { create: account } } });
  return id;
}

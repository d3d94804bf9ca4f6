import { createInterface } from 'node:readline';
import { z } from 'zod';
import { addMember } from '@/lib/access/change-people';
import { createUser } from '@/lib/access/create-user';
import { createWorkspace } from '@/lib/access/create-workspace';
import { db } from '@/lib/db/client';
import { Fault, main } from './fault';
import { readOptions } from './options';

const usage = `Makes a user, and a member of a workspace.
  npm run user -- --email ann@example.com [--name Ann] [--workspace SLUG] [--role viewer|analyst|admin]
The password is asked for, or read from USER_PASSWORD. A workspace that is not there yet is made.`;

/** Asks without showing what is typed. */
function askPassword(): Promise<string> {
  const { stdin, stdout } = process;
  const line = createInterface({ input: stdin, output: stdout, terminal: stdin.isTTY });
  return new Promise((done, fail) => {
    // Without this an input that ends would end the command, as if all were well.
    line.on('close', () => fail(new Fault('No password was given: type it, pipe it in, or set USER_PASSWORD.')));
    line.question('Password (at least 8 characters): ', (answer) => {
      done(answer);
      line.close();
      stdout.write('\n');
    });
    if (stdin.isTTY) Object.assign(line, { _writeToOutput: () => undefined });
  });
}

void main(async () => {
  try {
    await make();
  } finally {
    await db.$disconnect();
  }
});

async function make(): Promise<void> {
  const { values } = readOptions(usage, {
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      workspace: { type: 'string' },
      role: { type: 'string', default: 'viewer' },
    },
  });
  const { email, workspace: slug } = values;
  if (!email) throw new Fault(usage);
  const { success, data: role } = z.enum(['viewer', 'analyst', 'admin']).safeParse(values.role);
  if (!success) throw new Fault(`--role must be viewer, analyst or admin, not "${values.role}".`);
  const known = await db.user.findUnique({ where: { email: email.trim().toLowerCase() }, select: { id: true } });
  const password = known ? '' : (process.env.USER_PASSWORD ?? (await askPassword()));
  const name = values.name ?? email.split('@')[0] ?? email;
  const userId = known?.id ?? (await createUser({ email, name, password }));
  console.log(known ? `${email} is there already.` : `Made the user ${email}.`);
  if (!slug) return;
  const found = await db.workspace.findUnique({ where: { slug }, select: { id: true } });
  const workspaceId = found?.id ?? (await createWorkspace({ name: slug, slug }));
  await addMember({ workspaceId, userId, role });
  console.log(`${email} is ${role} of ${slug}${found ? '' : ', a new workspace'}.`);
}

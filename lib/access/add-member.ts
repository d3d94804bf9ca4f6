import 'server-only';
import type { Role } from '@/lib/contract/endpoint';
import { db } from '@/lib/db/client';
import { forgetMemberships } from './workspace';

/** Makes a user a member of a workspace, or gives a member another role. */
export async function addMember(member: { workspaceId: number; userId: string; role: Role }): Promise<void> {
  const { workspaceId, userId, role } = member;
  await db.member.upsert({
    where: { workspaceId_userId: { workspaceId, userId } },
    create: { workspaceId, userId, role },
    update: { role },
  });
  forgetMemberships(userId);
}

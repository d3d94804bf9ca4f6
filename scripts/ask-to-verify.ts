import { closeBoss } from '@/lib/jobs/boss';
import { requestVerify } from '@/lib/jobs/request';

/** Has what a command changed proved by whoever runs jobs, now or when one starts. The change stands either way. */
export async function askToVerify(workspaceId: number): Promise<void> {
  try {
    await requestVerify({ workspaceId });
  } catch {
    console.error('Its verification could not be queued; npm run rollups:verify makes it.');
  } finally {
    await closeBoss();
  }
}

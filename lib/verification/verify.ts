import 'server-only';
import { ApiError } from '@/lib/contract/errors';
import { loadPool } from '@/lib/db/pool';
import { verifyRollups, type Check, type RollupCheck } from '@/lib/rollups/verify';
import { buyerProofs } from './buyers';
import { changeProofs } from './changes';
import { distributionProofs } from './distribution';
import { Lacking, Look, type Proof } from './look';
import { salesProofs } from './sales';

const proofs: Proof[] = [...salesProofs, ...changeProofs, ...buyerProofs, ...distributionProofs];

/** Milliseconds after which no further proof is begun: lines can be read as often as wanted only while they are few. */
const patience = 120_000;

/** Proves that rollups equal lines and what must always hold beside it; keeps the result and gives it back. */
export const verifyWorkspace = (workspaceId: number): Promise<RollupCheck> =>
  verifyRollups(workspaceId, (dataVersion) => hold(workspaceId, dataVersion));

/** What must hold beside the rollups, of data in this version. */
export async function hold(workspaceId: number, dataVersion: number): Promise<Check[]> {
  const { rows } = await loadPool.query<{ from: string | null; to: string | null }>(
    `SELECT min(date)::text AS from, max(date)::text AS to FROM sale_line WHERE workspace_id = $1`,
    [workspaceId],
  );
  const [{ from, to } = { from: null, to: null }] = rows;
  if (from === null || to === null) return [];
  const look = new Look(workspaceId, { from, to });
  const until = Date.now() + patience;
  const checks: Check[] = [];
  for (const proof of proofs) checks.push(Date.now() < until ? await prove(proof, look) : unchecked(proof, late));
  const changed = [...look.versions].some((version) => version !== dataVersion);
  return changed ? proofs.map((proof) => unchecked(proof, 'The data changed meanwhile.')) : checks;
}

const late = `The checks before it took longer than ${patience / 60_000} minutes.`;

const unchecked = ({ name }: Proof, reason: string): Check => ({
  name,
  compared: 0,
  differences: [],
  unchecked: reason,
});

async function prove(proof: Proof, look: Look): Promise<Check> {
  const { name } = proof;
  try {
    const compared = await proof.compare(look);
    const differences = compared.flatMap(({ slice, fault }) => (fault === null ? [] : [`${slice}: ${fault}`]));
    return { name, compared: compared.length, differences };
  } catch (error) {
    if (error instanceof Lacking) return { name, compared: 0, differences: [], unavailable: error.message };
    if (error instanceof ApiError && error.code === 'timed_out')
      return unchecked(proof, 'Reading the lines takes longer than a statement may.');
    throw error;
  }
}

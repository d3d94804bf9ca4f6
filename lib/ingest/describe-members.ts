import 'server-only';
import { claim } from './claim';
import { settleStores } from './settle-places';
import { settleProducts } from './settle-products';
import { touchCodes, type Subject } from './touched';

/** Applies the staged rows of a product or store file. Where a code comes twice, its first row counts, as reported. */
export async function describeMembers(subject: Subject, kind: 'products' | 'stores'): Promise<void> {
  const { workspaceId, importId } = subject;
  const member = kind === 'products' ? 'product' : 'store';
  const rows = `FROM staged_member WHERE workspace_id = ${workspaceId} AND import_id = ${importId}`;
  await touchCodes(subject, member, `SELECT code, min(row_no) AS first_row ${rows} GROUP BY code`);
  await claim(subject, member, `SELECT DISTINCT ON (code) code, fields AS says ${rows} ORDER BY code, row_no`, true);
  await (member === 'product' ? settleProducts(subject) : settleStores(subject));
}

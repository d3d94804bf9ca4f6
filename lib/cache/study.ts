import 'server-only';
import type { AnalysisResponse, AnalysisSpec } from '@/lib/contract/analyses';
import { runStudy } from '@/lib/study/run';
import { namesGroups, questionOf } from './answer';
import { through, type Cached } from './through';

/** An analysis from the last good answer where it is of this version of the data, else from the database. */
export async function studyCached(workspaceId: number, spec: AnalysisSpec): Promise<Cached<AnalysisResponse>> {
  const cached = await through<AnalysisResponse>({
    workspaceId,
    what: ['analysis', questionOf(spec)],
    minVersion: spec.minVersion,
    groups: namesGroups({ ...spec, by: undefined }),
    load: async () => {
      const data = await runStudy(workspaceId, spec);
      return { data, dataVersion: data.meta.dataVersion };
    },
  });
  const { data, cache } = cached;
  return { ...cached, data: { ...data, meta: { ...data.meta, cache } } };
}

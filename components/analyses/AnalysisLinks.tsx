'use client';

import Link from '@/components/ui/Link';
import { Panel } from '@/components/ui/Panel';
import { useLink } from '@/components/shell/workspace-context';
import { analysisIds, analysisOf } from '@/lib/metrics/analyses';
import classes from './analyses.module.css';

const groups = [...new Set(analysisIds.map((id) => analysisOf(id).group))];

/** All analyses, by group; each opens on this slice. */
export function AnalysisLinks({ title, slice }: { title: string; slice: Record<string, string> }) {
  const link = useLink();
  return (
    <Panel title={title}>
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className={classes.group}>{group}</h3>
            <ul className={classes.links}>
              {analysisIds
                .filter((id) => analysisOf(id).group === group)
                .map((id) => (
                  <li key={id}>
                    <Link href={link(`/analyses/${id}`, slice)} className={classes.link}>
                      <span className={classes.name}>{analysisOf(id).label}</span>
                      <span className={classes.question}>{analysisOf(id).question}</span>
                    </Link>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Panel>
  );
}

'use client';

import { useRef } from 'react';
import Link from '@/components/ui/Link';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { IconTags } from '@tabler/icons-react';
import { AnalysisDefinition } from '@/components/analyses/AnalysisDefinition';
import { AnalysisFrame } from '@/components/analyses/AnalysisFrame';
import { BrandPicker } from '@/components/analyses/BrandPicker';
import { Figures } from '@/components/analyses/Figures';
import classes from '@/components/analyses/analyses.module.css';
import { useNumbers } from '@/components/analyses/use-numbers';
import { FilterBar } from '@/components/filters/FilterBar';
import { ViewGate } from '@/components/filters/ViewGate';
import { useView } from '@/components/filters/use-view';
import { useLink, useSlice } from '@/components/shell/workspace-context';
import { Note } from '@/components/ui/Note';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { Panel } from '@/components/ui/Panel';
import { analysisOptions } from '@/lib/client/options';
import type { View } from '@/lib/client/view';
import { analysisOf, type AnalysisId } from '@/lib/metrics/analyses';
import { analysisQuery, optionParams, type OptionParams } from '../queries';
import { Options } from './Options';

interface Asked {
  id: AnalysisId;
  view: View;
  workspace: string;
  params: OptionParams;
}

function Findings({ id, view, workspace, params }: Asked) {
  const analysis = analysisOf(id);
  const input = analysisQuery(id, view, params);
  const query = useQuery(analysisOptions(workspace, input));
  const { change } = useView();
  const address = useNumbers(input ?? undefined);
  const definition = useRef<HTMLElement>(null);
  const { data } = query;
  const toDefinition = () => definition.current?.scrollIntoView({ behavior: 'smooth', block: 'start' });
  // The chart's table first; while there is none one frame stands for all, and tells what is the matter.
  const ids = data?.tables.map((table) => table.id) ?? [];
  const first = data?.chart?.table;
  const tables = [...ids].sort((a, b) => Number(b === first) - Number(a === first));
  return (
    <>
      {!input && (
        <Panel title={analysis.label}>
          <Note
            minHeight={280}
            icon={<IconTags size={26} stroke={1.5} />}
            title="Which brand?"
            action={<BrandPicker workspace={workspace} value={null} onChange={(brand) => change({ brand: [brand] })} />}
          >
            This analysis is of one brand. Choose it here, or filter a manufacturer or products above.
          </Note>
        </Panel>
      )}
      {input && (
        <>
          {data ? (
            <Figures response={data} address={address} />
          ) : (
            !query.error && <Skeleton height={84} radius="md" aria-busy />
          )}
          {(tables.length > 0 ? tables : [undefined]).map((table) => (
            <AnalysisFrame
              key={table ?? 'none'}
              query={query}
              label={analysis.label}
              onDefinition={toDefinition}
              address={address}
              {...(table && { table })}
            />
          ))}
          {data && data.notes.length > 0 && (
            <ul className={classes.notes} aria-label="Notes">
              {data.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </>
      )}
      <AnalysisDefinition ref={definition} analysis={analysis} response={input ? data : undefined} />
    </>
  );
}

export function Analysis({ id }: { id: AnalysisId }) {
  const analysis = analysisOf(id);
  const link = useLink();
  const slice = useSlice();
  const { workspace, view, change: changeView } = useView();
  const [params, setParams] = useQueryStates(optionParams, { history: 'push', clearOnDefault: true });
  const brands = view?.filters.brand;
  return (
    <Page>
      <PageHead
        title={analysis.label}
        note={
          <span className={classes.note}>
            <Link href={link('/analyses', slice)}>All analyses</Link> · {analysis.question}
          </span>
        }
      >
        <div className={classes.options}>
          <FilterBar withGrain={false} withComparison={analysis.compares} />
          {view && analysis.focus === 'brand' && brands && (
            <BrandPicker
              workspace={workspace}
              value={brands.length === 1 ? (brands[0] ?? null) : null}
              onChange={(brand) => changeView({ brand: [brand] })}
            />
          )}
          {view && (
            <Options
              takes={analysis.options}
              calendar={view.calendar}
              params={params}
              change={(next) => void setParams(next)}
            />
          )}
        </div>
      </PageHead>
      <ViewGate>
        {(shown, slug) => <Findings key={id} id={id} view={shown} workspace={slug} params={params} />}
      </ViewGate>
    </Page>
  );
}

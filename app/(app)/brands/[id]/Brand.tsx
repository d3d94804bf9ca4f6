'use client';

import Link from '@/components/ui/Link';
import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { AnalysisLinks } from '@/components/analyses/AnalysisLinks';
import { colourOf } from '@/components/charts/colours';
import { FilterBar } from '@/components/filters/FilterBar';
import { ViewGate } from '@/components/filters/ViewGate';
import { useLink, useSlice, useWorkspace } from '@/components/shell/workspace-context';
import { Cell, Columns, Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { optionsOf } from '@/lib/client/options';
import { getBrand } from '@/lib/contract/members';
import { Categories } from './Categories';
import { Identity } from './Identity';
import { MarketPicker } from './MarketPicker';
import { Places } from './Places';
import { Products } from './Products';
import { ShareTrend } from './ShareTrend';
import { Tiles } from './Tiles';
import { Trend } from './Trend';
import { brandParams } from './queries';
import classes from './Brand.module.css';

export function Brand({ id }: { id: number }) {
  const { slug } = useWorkspace();
  const link = useLink();
  const { manufacturer: _, ...slice } = useSlice();
  const { data: brand, isError } = useQuery(optionsOf(getBrand, { params: { id }, query: { workspace: slug } }));
  const [params, setParams] = useQueryStates(brandParams, { history: 'push' });
  const change = (next: Partial<typeof params>, history: 'push' | 'replace' = 'push') =>
    void setParams(next, { history });
  return (
    <Page>
      <PageHead
        title={
          <span className={classes.title}>
            <span className={classes.dot} style={{ background: colourOf(id) }} />
            {brand?.name ?? (isError ? `Brand ${id}` : ' ')}
          </span>
        }
        note={
          <span className={classes.crumbs}>
            <Link href={link('/brands')}>All brands</Link>
            {brand?.manufacturer && (
              <Link href={link('/brands', { manufacturer: String(brand.manufacturer.id) })}>
                {brand.manufacturer.name}
              </Link>
            )}
            {brand && brand.categories.length > 0 && <span>{brand.categories.map(({ name }) => name).join(', ')}</span>}
            {brand && (
              <span>
                {brand.products.toLocaleString('en-US')} {brand.products === 1 ? 'product' : 'products'}
              </span>
            )}
          </span>
        }
      >
        <FilterBar />
      </PageHead>
      <ViewGate>
        {(view, workspace, detail) => {
          const part = { view, workspace, detail, id, brand, params, change };
          const several = (brand?.categories.length ?? 0) > 1 && !view.filters.category;
          return (
            <>
              <MarketPicker {...part} />
              <Tiles {...part} />
              <Columns>
                <Cell span={7}>
                  <Trend {...part} />
                </Cell>
                <Cell span={5}>
                  <ShareTrend {...part} />
                </Cell>
                <Cell>
                  <Identity {...part} />
                </Cell>
                <Cell span={6}>
                  <Places {...part} of="regions" />
                </Cell>
                <Cell span={6}>
                  <Places {...part} of="channels" />
                </Cell>
                {several && (
                  <Cell>
                    <Categories {...part} />
                  </Cell>
                )}
                <Cell>
                  <Products {...part} />
                </Cell>
                <Cell>
                  <AnalysisLinks title="Analyses of this brand" slice={{ ...slice, brand: String(id) }} />
                </Cell>
              </Columns>
            </>
          );
        }}
      </ViewGate>
    </Page>
  );
}

'use client';

import { IconMapPinOff } from '@tabler/icons-react';
import { developmentTable } from '@/components/brands/development';
import { DevelopmentIndex } from '@/components/brands/DevelopmentIndex';
import { ChartFrame } from '@/components/charts/ChartFrame';
import { RankedBars } from '@/components/charts/RankedBars';
import { MetricChange, MetricValue } from '@/components/metrics/MetricValue';
import { Note } from '@/components/ui/Note';
import { Panel } from '@/components/ui/Panel';
import { usePart, type Part } from './part';

const words = {
  regions: { title: 'By region', head: 'Region', none: 'No region', plural: 'regions' },
  channels: { title: 'By channel', head: 'Channel', none: 'No channel', plural: 'channels' },
} as const;
const shown = 12;

/** Sales, share and development of the brand in each place. */
export function Places({ of, ...part }: Part & { of: keyof typeof words }) {
  const query = usePart(part, of);
  const { title, head, none, plural } = words[of];
  const compared = part.view.compareRange !== null;
  const market = query.data?.meta.market;
  if (!part.detail.has[of]) {
    return (
      <Panel title={title}>
        <Note minHeight={160} icon={<IconMapPinOff size={22} stroke={1.6} />} title="Not in this data">
          Load a store file, or lines, that name {plural}.
        </Note>
      </Panel>
    );
  }
  return (
    <ChartFrame
      title={title}
      subtitle={`Share of ${market ?? 'the market'} in each ${head.toLowerCase()}; index: share there ÷ share overall`}
      query={query}
      metrics={['value_sales', 'value_share']}
      height={220}
      table={(data) => developmentTable(data, head)}
    >
      {(data) => (
        <RankedBars
          head={head}
          caption={`${title}: sales, share and development`}
          coloured={false}
          columns={[
            { label: 'Sales', width: 70 },
            ...(compared ? [{ label: 'Growth', width: 80, wide: true }] : []),
            { label: 'Share', width: 62 },
            ...(compared ? [{ label: 'Share change', width: 96, wide: true }] : []),
            { label: 'Index', width: 52 },
          ]}
          bars={data.rows.slice(0, shown).map((row) => ({
            id: row.member?.id ?? null,
            name: row.member?.name ?? none,
            value: row.values.value_sales ?? null,
            cells: [
              <MetricValue key="sales" metric="value_sales" row={row} response={data} compact />,
              ...(compared ? [<MetricChange key="growth" metric="value_sales" row={row} response={data} />] : []),
              <MetricValue key="share" metric="value_share" row={row} response={data} />,
              ...(compared ? [<MetricChange key="points" metric="value_share" row={row} response={data} />] : []),
              <DevelopmentIndex key="index" row={row} response={data} />,
            ],
          }))}
        />
      )}
    </ChartFrame>
  );
}

'use client';

import { NumberInput, Select } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { measures, members, splits } from '@/lib/contract/analyses';
import { grains } from '@/lib/contract/query';
import { isRetail, type Calendar } from '@/lib/metrics/calendar';
import type { AnalysisOption } from '@/lib/metrics/analysis';
import classes from '@/components/analyses/analyses.module.css';
import type { OptionParams } from '../queries';

interface Props {
  takes: readonly AnalysisOption[];
  calendar: Calendar;
  params: OptionParams;
  change: (next: Partial<OptionParams>) => void;
}

const words = {
  value: 'In value',
  units: 'In units',
  purchases: 'In purchases',
  region: 'By region',
  channel: 'By channel',
  store: 'By store',
  category: 'By category',
  brand: 'By brand',
  product: 'By product',
  week: 'By week',
  month: 'By month',
  quarter: 'By quarter',
  year: 'By year',
  retail_month: 'By retail month',
  retail_quarter: 'By retail quarter',
  retail_year: 'By retail year',
};

interface Choice<Value extends keyof typeof words> {
  label: string;
  values: readonly Value[];
  value: Value | null;
  /** What the analysis takes where nothing is said. */
  otherwise: Value;
  onChange: (value: Value | null) => void;
}

function Choose<Value extends keyof typeof words>({ label, values, value, otherwise, onChange }: Choice<Value>) {
  return (
    <Select
      size="xs"
      w={130}
      aria-label={label}
      allowDeselect={false}
      data={values.map((one) => ({ value: one, label: words[one] }))}
      value={value ?? otherwise}
      onChange={(text) => onChange(values.find((one) => one === text && one !== otherwise) ?? null)}
    />
  );
}

interface Counting {
  label: string;
  range: [number, number];
  value: number | null;
  otherwise: number;
  onChange: (value: number | null) => void;
}

function Count({ label, range: [min, max], value, otherwise, onChange }: Counting) {
  const send = useDebouncedCallback((next: number | null) => onChange(next), 350);
  return (
    <NumberInput
      size="xs"
      w={118}
      aria-label={label}
      min={min}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      suffix={` ${label.toLowerCase()}`}
      value={value ?? otherwise}
      onChange={(next) => {
        if (typeof next === 'number' && next >= min && next <= max) send(next === otherwise ? null : next);
      }}
    />
  );
}

const withoutDays = grains.filter((grain) => grain !== 'day');

/** What this analysis can be asked beside dates and slice. */
export function Options({ takes, calendar, params, change }: Props) {
  if (takes.length === 0) return null;
  const grain = params.grain === 'day' ? null : params.grain;
  return (
    <div className={classes.options} role="group" aria-label="Options of the analysis">
      {takes.includes('measure') && (
        <Choose
          label="Measure"
          values={measures}
          value={params.measure}
          otherwise="value"
          onChange={(measure) => change({ measure })}
        />
      )}
      {takes.includes('by') && (
        <Choose label="By" values={splits} value={params.by} otherwise="region" onChange={(by) => change({ by })} />
      )}
      {takes.includes('members') && (
        <Choose
          label="Members"
          values={members}
          value={params.members}
          otherwise="brand"
          onChange={(next) => change({ members: next })}
        />
      )}
      {takes.includes('grain') && (
        <Choose
          label="Periods"
          values={withoutDays.filter((one) => calendar.retail !== null || !isRetail(one))}
          value={grain}
          otherwise="month"
          onChange={(next) => change({ grain: next })}
        />
      )}
      {takes.includes('weeks') && (
        <Count
          label="Weeks"
          range={[1, 104]}
          value={params.weeks}
          otherwise={12}
          onChange={(weeks) => change({ weeks })}
        />
      )}
      {takes.includes('top') && (
        <Count label="Largest" range={[2, 50]} value={params.top} otherwise={10} onChange={(top) => change({ top })} />
      )}
    </div>
  );
}

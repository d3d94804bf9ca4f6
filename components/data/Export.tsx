'use client';

import { useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Panel } from '@/components/ui/Panel';
import { addressOf } from '@/lib/client/call';
import { exportCsv, exportParquet, type Exported } from '@/lib/contract/export';
import classes from './data.module.css';

const names: Record<Exported, string> = {
  lines: 'Transaction lines',
  sales: 'Sales by month, category and brand',
  products: 'Products',
  stores: 'Stores',
  shoppers: 'Shoppers',
};

/** Everything that is here, taken away again. */
export function Export() {
  const { slug, role } = useWorkspace();
  const [of, setOf] = useState<Exported>('lines');
  const query = { workspace: slug, of };
  const offered = (Object.keys(names) as Exported[]).filter((one) => one !== 'shoppers' || role !== 'viewer');
  const formats = [
    { label: 'CSV', href: addressOf(exportCsv, { query }) },
    { label: 'Parquet', href: addressOf(exportParquet, { query }) },
  ];
  return (
    <Panel title="Export" subtitle="All dates; the API takes some of them">
      <div className={classes.export}>
        <NativeSelect
          size="xs"
          aria-label="What to export"
          data={offered.map((value) => ({ value, label: names[value] }))}
          value={of}
          onChange={(event) => setOf(event.currentTarget.value as Exported)}
        />
        {formats.map(({ label, href }) => (
          <Button
            key={label}
            component="a"
            href={href}
            download
            variant="default"
            leftSection={<IconDownload size={15} />}
          >
            {label}
          </Button>
        ))}
      </div>
    </Panel>
  );
}

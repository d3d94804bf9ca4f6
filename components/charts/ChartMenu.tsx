'use client';

import type { RefObject } from 'react';
import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChartLine, IconDots, IconDownload, IconInfoCircle, IconPhoto, IconTable } from '@tabler/icons-react';
import { useExplain } from '@/components/metrics/explain-context';
import type { TableData } from '@/components/ui/PlainTable';
import type { QueryResponse } from '@/lib/contract/query';
import { metricOf, type MetricId } from '@/lib/metrics/catalog';
import { saveCsv, savePng } from './save';

interface Props {
  title: string;
  metrics: readonly MetricId[];
  response: QueryResponse | undefined;
  /** Null while there is nothing to show; left out where there is no other view than the table. */
  table: ((data: QueryResponse) => TableData) | null | undefined;
  asTable: boolean;
  onTable: (asTable: boolean) => void;
  node: RefObject<HTMLElement | null>;
}

export function ChartMenu({ title, metrics, response, table, asTable, onTable, node }: Props) {
  const explain = useExplain();
  const picture = async () => {
    try {
      if (node.current) await savePng(title, node.current);
    } catch {
      notifications.show({ color: 'red', message: 'The picture could not be made.' });
    }
  };
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${title}: ${table === undefined ? '' : 'table, export and '}definition`}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {table !== undefined && (
          <>
            <Menu.Item
              disabled={!table}
              leftSection={asTable ? <IconChartLine size={15} /> : <IconTable size={15} />}
              onClick={() => onTable(!asTable)}
            >
              {asTable ? 'Show chart' : 'Show table'}
            </Menu.Item>
            <Menu.Item
              disabled={!table || !response}
              leftSection={<IconDownload size={15} />}
              onClick={() => table && response && saveCsv(title, table(response))}
            >
              Download CSV
            </Menu.Item>
            <Menu.Item disabled={!table} leftSection={<IconPhoto size={15} />} onClick={() => void picture()}>
              Download PNG
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {metrics.slice(0, 4).map((id) => (
          <Menu.Item
            key={id}
            disabled={!response}
            leftSection={<IconInfoCircle size={15} />}
            onClick={() => response && explain({ metric: id, response })}
          >
            {metricOf(id).label}: how computed
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

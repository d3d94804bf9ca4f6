'use client';

import type { RefObject } from 'react';
import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChartLine, IconDots, IconDownload, IconInfoCircle, IconPhoto, IconTable } from '@tabler/icons-react';
import type { TableData } from '@/components/ui/PlainTable';
import { saveCsv, savePng } from './save';

export interface Definition {
  label: string;
  /** Undefined while there is nothing to tell. */
  open: (() => void) | undefined;
}

interface Props {
  title: string;
  definitions: readonly Definition[];
  /** Null while there is nothing to show; left out where what is shown exports itself. */
  table: (() => TableData) | null | undefined;
  asTable: boolean;
  /** Left out where there is no other view than the table. */
  onTable: ((asTable: boolean) => void) | undefined;
  node: RefObject<HTMLElement | null>;
}

export function ChartMenu({ title, definitions, table, asTable, onTable, node }: Props) {
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
            {onTable && (
              <Menu.Item
                disabled={!table}
                leftSection={asTable ? <IconChartLine size={15} /> : <IconTable size={15} />}
                onClick={() => onTable(!asTable)}
              >
                {asTable ? 'Show chart' : 'Show table'}
              </Menu.Item>
            )}
            <Menu.Item
              disabled={!table}
              leftSection={<IconDownload size={15} />}
              onClick={() => table && saveCsv(title, table())}
            >
              Download CSV
            </Menu.Item>
            <Menu.Item disabled={!table} leftSection={<IconPhoto size={15} />} onClick={() => void picture()}>
              Download PNG
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {definitions.map(({ label, open }) => (
          <Menu.Item key={label} disabled={!open} leftSection={<IconInfoCircle size={15} />} onClick={() => open?.()}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

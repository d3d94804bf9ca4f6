'use client';

import { useRef, useState } from 'react';
import Link from '@/components/ui/Link';
import { useRouter } from 'next/navigation';
import { ActionIcon, Button, Progress } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconAlertTriangle, IconCheck, IconFileSpreadsheet, IconUpload, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { upload } from '@/lib/client/upload';
import { getImport, listImports, type ImportDetail } from '@/lib/contract/imports';
import { keyOf } from '@/lib/client/options';
import { useLink, useWorkspace } from '@/components/shell/workspace-context';
import { fileSize, kindNames } from './states';
import classes from './imports.module.css';

interface Sent {
  key: number;
  file: File;
  part: number;
  import: ImportDetail | null;
  fault: string | null;
}

/** Takes files one after the other. A single one opens at once; of several, each waits in the list with a link. */
export function UploadArea() {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const router = useRouter();
  const link = useLink();
  const [sent, setSent] = useState<Sent[]>([]);
  const last = useRef(0);
  const stops = useRef(new Map<number, AbortController>());
  const change = (key: number, next: Partial<Sent>) =>
    setSent((before) => before.map((item) => (item.key === key ? { ...item, ...next } : item)));
  const remove = (key: number) => {
    stops.current.get(key)?.abort();
    setSent((before) => before.filter((item) => item.key !== key));
  };

  const take = async (files: File[]) => {
    const fresh = files.map((file) => ({ key: (last.current += 1), file, part: 0, import: null, fault: null }));
    for (const { key } of fresh) stops.current.set(key, new AbortController());
    setSent((before) => [...before.filter((item) => item.import === null && item.fault === null), ...fresh]);
    for (const { key, file } of fresh) {
      const signal = stops.current.get(key)?.signal;
      if (!signal || signal.aborted) continue;
      try {
        const detail = await upload({ workspace: slug, file, signal, onProgress: (part) => change(key, { part }) });
        client.setQueryData(keyOf(getImport, { params: { id: detail.id }, query: { workspace: slug } }), detail);
        void client.invalidateQueries({ queryKey: [listImports.id] });
        if (fresh.length === 1) return router.push(link(`/data/${detail.id}`));
        change(key, { import: detail });
      } catch (error) {
        if (!signal.aborted)
          change(key, { fault: error instanceof Error ? error.message : 'The upload did not work.' });
      }
    }
  };

  return (
    <div className={classes.upload}>
      <Dropzone
        onDrop={(files) => void take(files)}
        className={classes.drop}
        inputProps={{
          'aria-label': 'Files to load',
          accept: '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx,.xls,.ods,.fods,.html,.xml,.parquet,.zip,.gz',
        }}
        aria-label="Drop files here, or press Enter to choose them"
      >
        <div className={classes.dropInner}>
          <Dropzone.Accept>
            <IconUpload size={26} stroke={1.5} color="var(--accent)" aria-hidden />
          </Dropzone.Accept>
          <Dropzone.Idle>
            <IconFileSpreadsheet size={26} stroke={1.4} color="var(--ink-3)" aria-hidden />
          </Dropzone.Idle>
          <div>
            <div className={classes.dropTitle}>
              Drop files here or <span className={classes.dropLink}>choose them</span>
            </div>
            <div className={classes.hint}>
              CSV, Excel, JSON or Parquet, also in zip or gzip: transactions, products, stores. You see what was
              understood before anything is published.
            </div>
          </div>
        </div>
      </Dropzone>
      {sent.length > 0 && (
        <ul className={classes.sent} aria-label="Uploads">
          {sent.map((item) => (
            <li key={item.key} className={classes.sentItem} data-fault={item.fault !== null || undefined}>
              {item.fault ? (
                <IconAlertTriangle size={16} color="var(--bad)" aria-hidden />
              ) : item.import ? (
                <IconCheck size={16} color="var(--good)" aria-hidden />
              ) : (
                <IconUpload size={16} color="var(--ink-3)" aria-hidden />
              )}
              <div className={classes.sentBody}>
                <div className={classes.sentName}>
                  <span className={classes.cut}>{item.file.name}</span>
                  <span className={classes.hint}>{fileSize(item.file.size)}</span>
                </div>
                {item.fault && (
                  <div className={classes.fault} role="alert">
                    {item.fault}
                  </div>
                )}
                {item.import && (
                  <div className={classes.hint}>
                    {item.import.state === 'reading'
                      ? 'Here; a job reads it'
                      : `Understood as ${kindNames[item.import.kind].toLowerCase()}`}
                  </div>
                )}
                {!item.fault && !item.import && (
                  <Progress
                    value={item.part * 100}
                    size="sm"
                    mt={4}
                    animated={item.part >= 1}
                    aria-label={item.part >= 1 ? `Looking at ${item.file.name}` : `Uploading ${item.file.name}`}
                  />
                )}
              </div>
              {item.import ? (
                <Button variant="default" component={Link} href={link(`/data/${item.import.id}`)}>
                  Review
                </Button>
              ) : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  onClick={() => remove(item.key)}
                  aria-label={`${item.fault ? 'Dismiss' : 'Cancel upload of'} ${item.file.name}`}
                >
                  <IconX size={15} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

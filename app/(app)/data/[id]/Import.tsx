'use client';

import { Moment } from '@/components/ui/Moment';
import { Button, Skeleton, Stepper } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ImportDetail } from '@/lib/contract/imports';
import { ImportActions } from '@/components/imports/ImportActions';
import { StateBadge } from '@/components/imports/StateBadge';
import { fileSize, kindNames } from '@/components/imports/states';
import { useImport } from '@/components/imports/use-imports';
import { PageAbove } from '@/components/shell/PageAbove';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Note } from '@/components/ui/Note';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';
import { CheckStep } from './CheckStep';
import { ColumnsStep } from './ColumnsStep';
import { useDraft } from './draft';
import { FileStep } from './FileStep';
import { Outcome } from './Outcome';
import { ReadingStep } from './ReadingStep';
import { stepOf, steps, type Step } from './step';
import classes from './wizard.module.css';

const titles: Record<Step, [string, string]> = {
  file: ['File', 'What we understood'],
  columns: ['Columns', 'What is what'],
  check: ['Check', 'A dry run'],
  publish: ['Publish', 'All or nothing'],
};

function Wizard({ detail }: { detail: ImportDetail }) {
  const { role } = useWorkspace();
  const [asked, setAsked] = useQueryState('step', parseAsStringLiteral(steps).withOptions({ history: 'push' }));
  const draft = useDraft(detail);
  const { step, open } = stepOf(detail, asked, role !== 'viewer');
  const go = (next: Step) => void setAsked(next);
  const done = ['published', 'reverted', 'cancelled'].includes(detail.state);
  const { detected } = detail;
  return (
    <>
      {!done && (
        <Stepper
          active={steps.indexOf(step)}
          onStepClick={(at) => {
            const next = steps[at];
            if (next && open.includes(next)) go(next);
          }}
          size="sm"
          className={classes.stepper}
          classNames={{
            stepDescription: classes.stepNote ?? '',
            separator: classes.stepLine ?? '',
            stepBody: classes.stepBody ?? '',
          }}
          wrap={false}
          iconSize={28}
        >
          {steps.map((name) => (
            <Stepper.Step
              key={name}
              label={titles[name][0]}
              description={titles[name][1]}
              allowStepSelect={open.includes(name) && name !== step}
              {...(name === step && { 'aria-current': 'step' as const })}
            />
          ))}
        </Stepper>
      )}
      {role === 'viewer' && !done && (
        <Note title="You may look, not change">
          Mapping, checking and publishing is for analysts and admins of the workspace.
        </Note>
      )}
      {step === 'file' &&
        (detected && detail.state !== 'reading' ? (
          <FileStep detail={detail} detected={detected} onNext={role === 'viewer' ? null : () => go('columns')} />
        ) : (
          <ReadingStep detail={detail} />
        ))}
      {step === 'columns' && (
        <ColumnsStep
          detail={detail}
          draft={draft}
          onBack={() => go('file')}
          onChecking={() => go('check')}
          onResults={open.includes('check') && !draft.changed ? () => go('check') : null}
        />
      )}
      {step === 'check' && <CheckStep detail={detail} changed={draft.changed} onBack={() => go('columns')} />}
      {step === 'publish' && <Outcome detail={detail} />}
    </>
  );
}

/** One import, from its upload to what became of it. Where it stands is what the server says. */
export function Import({ id }: { id: number }) {
  const { data: detail, error, refetch } = useImport(id);
  return (
    <Page>
      <PageHead
        title={
          detail ? (
            <span className={classes.title}>
              <span className={classes.fileName}>{detail.fileName}</span> <StateBadge state={detail.state} />
            </span>
          ) : (
            `Import ${id}`
          )
        }
        note={
          <span>
            <PageAbove path="/data" name="Data" />
            {detail && (
              <>
                {' '}
                / import {detail.id} · {kindNames[detail.kind]} · {fileSize(detail.fileSize)} · uploaded{' '}
                <Moment iso={detail.createdAt} />
                {detail.createdBy && ` by ${detail.createdBy}`}
              </>
            )}
          </span>
        }
        actions={detail && detail.state !== 'published' && <ImportActions item={detail} />}
      />
      {detail ? (
        <Wizard detail={detail} />
      ) : error ? (
        <Note
          role="alert"
          minHeight={320}
          icon={<IconAlertTriangle size={24} stroke={1.6} />}
          title={error.message}
          action={
            <Button variant="default" onClick={() => void refetch()}>
              Try again
            </Button>
          }
        />
      ) : (
        <Skeleton height={420} radius="md" aria-busy />
      )}
    </Page>
  );
}

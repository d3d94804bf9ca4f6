'use client';

import { Moment } from '@/components/ui/Moment';
import Link from '@/components/ui/Link';
import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCircleCheck, IconTrash } from '@tabler/icons-react';
import type { ImportDetail } from '@/lib/contract/imports';
import { ImportActions } from '@/components/imports/ImportActions';
import { JobControls } from '@/components/imports/JobControls';
import { JobProgress } from '@/components/imports/JobProgress';
import { Replaced } from '@/components/imports/Replaced';
import { FixedCells } from '@/components/imports/FixedCells';
import { ProblemRows } from '@/components/imports/ProblemRows';
import { states } from '@/components/imports/states';
import { useLink } from '@/components/shell/workspace-context';
import { Panel } from '@/components/ui/Panel';
import { Findings } from './Findings';
import { Totals } from './Totals';
import classes from './wizard.module.css';

const running = {
  publishing: [
    'Publishing',
    'All of it or nothing. Readers see the numbers of before until it is done; you may leave the page.',
  ],
  reverting: [
    'Reverting',
    'All of it or nothing. Readers see the numbers of before until it is done; you may leave the page.',
  ],
} as const;

function Headline({ detail }: { detail: ImportDetail }) {
  const link = useLink();
  const { state, publishedAt, revertedAt } = detail;
  const version = { version: String(detail.dataVersion) };
  if (state === 'published') {
    return (
      <div className={classes.outcome} data-tone="good">
        <IconCircleCheck size={30} stroke={1.6} aria-hidden />
        <div className={classes.outcomeText}>
          <h2 className={classes.outcomeTitle}>Published</h2>
          <p>
            {detail.kind === 'transactions'
              ? 'Its lines are part of every number'
              : `What it says of ${detail.kind} is part of every number`}
            {publishedAt && (
              <>
                {' '}
                since <Moment iso={publishedAt} />
              </>
            )}
            .
          </p>
        </div>
        <Group gap="xs">
          <ImportActions item={detail} size="sm" />
          <Button variant="default" size="sm" component={Link} href={link('/data')}>
            Load another file
          </Button>
          <Button size="sm" component={Link} href={link('/overview', version)}>
            Open Overview
          </Button>
        </Group>
      </div>
    );
  }
  const reverted = state === 'reverted';
  return (
    <div className={classes.outcome}>
      {reverted ? (
        <IconArrowBackUp size={28} stroke={1.6} aria-hidden />
      ) : (
        <IconTrash size={28} stroke={1.5} aria-hidden />
      )}
      <div className={classes.outcomeText}>
        <h2 className={classes.outcomeTitle}>{states[state].label}</h2>
        <p>
          {reverted ? (
            <>
              Taken out
              {revertedAt && (
                <>
                  {' '}
                  on <Moment iso={revertedAt} />
                </>
              )}
              : every number is as if it had never been loaded. It can be restored from its kept file.
            </>
          ) : (
            'Given up before it was published. No number ever held it.'
          )}
        </p>
      </div>
      <Group gap="xs">
        <Button variant="default" size="sm" component={Link} href={link('/data')}>
          Load a file
        </Button>
        {reverted && (
          <Button size="sm" component={Link} href={link('/overview', version)}>
            Open Overview
          </Button>
        )}
      </Group>
    </div>
  );
}

/** An import that is published, was, or is about to be. */
export function Outcome({ detail }: { detail: ImportDetail }) {
  const { state } = detail;
  if (state === 'publishing' || state === 'reverting') {
    const [title, subtitle] = running[state];
    return (
      <>
        <Panel title={title} subtitle={subtitle}>
          <JobProgress item={detail} label={`Progress of ${title.toLowerCase()}`} />
          <JobControls item={detail} />
        </Panel>
        <Totals detail={detail} title="What the file holds" />
      </>
    );
  }
  return (
    <>
      {detail.error && (
        <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle size={18} />}>
          {detail.error}
        </Alert>
      )}
      <Headline detail={detail} />
      {(detail.replacedBy.length > 0 || detail.replaced.length > 0) && (
        <Panel
          title="Replaced lines"
          subtitle={
            detail.replacedBy.length > 0
              ? 'Some of its lines count no more: later files took their place. Revert those, and they come back.'
              : 'It took the place of lines of earlier files. Revert it, and they come back.'
          }
        >
          <Replaced lines={detail.replacedBy} verb="replaced by" />
          <Replaced lines={detail.replaced} verb="taken out of" />
        </Panel>
      )}
      {detail.rowsIn !== null && <Totals detail={detail} title="What the file holds" />}
      {detail.report && <Findings detail={detail} report={detail.report} />}
      {state !== 'cancelled' && <ProblemRows detail={detail} />}
      <FixedCells detail={detail} />
    </>
  );
}

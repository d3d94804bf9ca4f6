import type { ImportDetail } from '@/lib/contract/imports';
import { JobControls } from '@/components/imports/JobControls';
import { JobProgress } from '@/components/imports/JobProgress';
import { Panel } from '@/components/ui/Panel';

/** A large file that a job reads: what was understood of it takes this place. */
export function ReadingStep({ detail }: { detail: ImportDetail }) {
  return (
    <Panel
      title="Reading the file"
      subtitle="It is here as a whole. What is in it shows as soon as it is read; you may leave the page, it goes on."
    >
      <JobProgress item={detail} label="Progress of reading" />
      <JobControls item={detail} />
    </Panel>
  );
}

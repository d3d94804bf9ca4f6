import { Moment } from '@/components/ui/Moment';
import Link from '@/components/ui/Link';
import type { ImportSummary } from '@/lib/contract/imports';
import { useLink } from '@/components/shell/workspace-context';
import { formatCount } from './states';
import classes from './ImportList.module.css';

interface Props {
  lines: ImportSummary['replacedBy'];
  /** What became of the lines, before the name of the other import. */
  verb: 'replaced by' | 'taken out of';
}

/** Which other imports lines went to, or came from: how many, and when. */
export function Replaced({ lines, verb }: Props) {
  const link = useLink();
  if (lines.length === 0) return null;
  return (
    <ul className={classes.replaced}>
      {lines.map(({ id, fileName, lines: count, at }) => (
        <li key={id}>
          {formatCount(count)} {count === 1 ? 'line' : 'lines'} {verb}{' '}
          <Link href={link(`/data/${id}`)} title={`Import ${id}`}>
            {fileName}
          </Link>
          , <Moment iso={at} />
        </li>
      ))}
    </ul>
  );
}

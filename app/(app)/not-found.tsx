import Link from 'next/link';
import { Note } from '@/components/ui/Note';

export default function NotFound() {
  return (
    <Note minHeight={480} title="There is no such thing here" action={<Link href="/overview">To the overview</Link>}>
      The address may be wrong, or it belongs to a workspace that is not yours.
    </Note>
  );
}

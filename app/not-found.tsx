import Link from 'next/link';
import { ErrorPage } from '@/components/ui/ErrorPage';

export default function NotFound() {
  return (
    <ErrorPage title="There is no such page" action={<Link href="/overview">To the overview</Link>}>
      The address may be wrong, or it belongs to a workspace that is not yours.
    </ErrorPage>
  );
}

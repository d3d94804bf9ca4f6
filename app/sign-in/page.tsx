import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/access/SignInForm';
import { Wordmark } from '@/components/ui/Wordmark';
import { currentUser } from '@/lib/access/session';
import classes from './page.module.css';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const user = await currentUser(await headers()).catch(() => null);
  if (user) redirect('/overview');
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Wordmark size={24} />
        <h1 className={classes.title}>Sign in</h1>
        <p className={classes.lead}>Brand analytics on your own transaction data.</p>
        <SignInForm next={typeof next === 'string' ? next : undefined} />
      </div>
    </main>
  );
}

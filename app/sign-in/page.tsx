import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/access/SignInForm';
import { Welcome } from '@/components/access/Welcome';
import { currentUser } from '@/lib/access/session';
import { signUpNow } from '@/lib/access/sign-up';

export const metadata: Metadata = { title: 'Sign in' };

const words = {
  first: {
    title: 'Create the first account',
    lead: 'Nobody has an account here yet. Whoever runs this installation begins; afterwards nobody else can sign up.',
  },
  otherwise: { title: 'Sign in', lead: 'Brand analytics on your own transaction data.' },
};

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const user = await currentUser(await headers()).catch(() => null);
  if (user) redirect('/overview');
  // While the database is down nobody can sign up either.
  const signUp = await signUpNow().catch(() => 'closed' as const);
  const { title, lead } = words[signUp === 'first' ? 'first' : 'otherwise'];
  return (
    <Welcome title={title} lead={lead}>
      <SignInForm next={typeof next === 'string' ? next : undefined} signUp={signUp} />
    </Welcome>
  );
}

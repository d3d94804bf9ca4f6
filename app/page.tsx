import { redirect } from 'next/navigation';

export default async function Home({ searchParams }: { searchParams: Promise<Record<string, string | undefined>> }) {
  const { workspace } = await searchParams;
  redirect(workspace ? `/overview?workspace=${encodeURIComponent(workspace)}` : '/overview');
}

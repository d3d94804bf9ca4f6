interface Credentials {
  email: string;
  password: string;
  /** Given: make an account under this name. */
  name?: string;
}

/** Signs in, or up where a name is given; answers the sentence to show when it did not work. */
export async function signIn({ name, ...credentials }: Credentials): Promise<string | null> {
  const response = await fetch(`/api/auth/${name === undefined ? 'sign-in' : 'sign-up'}/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(name === undefined ? credentials : { ...credentials, name }),
  }).catch(() => null);
  if (!response) return 'The server cannot be reached. Check the connection.';
  if (response.ok) return null;
  if (response.status === 429) {
    const wait = response.headers.get('retry-after');
    return `Too many attempts. Try again in ${wait ?? 'a few'} seconds.`;
  }
  if (response.status === 401) return 'This e-mail and password do not go together.';
  if (response.status >= 500) return 'Signing in is not possible just now. Try again in a minute.';
  const told = (await response.json().catch(() => null)) as { message?: string } | null;
  return told?.message ?? 'That did not work. Check e-mail and password.';
}

'use client';

import { useState } from 'react';
import { notifications } from '@mantine/notifications';
import { signOut } from '@/lib/client/sign-out';

/** Ends the session and forgets what was read: nobody after them on this machine sees, by going back, what they saw. */
export function useSignOut() {
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    // Loaded anew, not walked to: the router, the queries and their numbers go with the old page.
    if (await signOut()) return window.location.replace('/sign-in');
    setLeaving(false);
    notifications.show({ color: 'red', message: 'Signing out did not work. Try again.' });
  };
  return { leaving, leave: () => void leave() };
}

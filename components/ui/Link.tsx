import type { ComponentProps } from 'react';
import NextLink from 'next/link';

/**
 * A link whose page is asked for when it is followed. Next fetches the page of every link in sight, and all of them again
 * whenever the dates or filters that links carry along change: dozens of requests for what hardly anybody opens.
 */
export default function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}

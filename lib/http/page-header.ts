/** Tells a page's frame which address was asked for, so that the sign-in page can lead back to it. */
export const pageHeader = 'x-page';

/** Hears how far the reading of a file is, in bytes or rows; may throw, and ends it by that. */
export type Follow = (at: {
  stage: 'unpacking' | 'converting' | 'looking';
  done: number;
  total: number | null;
}) => Promise<void> | void;

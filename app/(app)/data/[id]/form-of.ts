import type { Made } from '@/lib/contract/imports';

/** What the form of one kind of made field is given. */
export interface FormOf<M extends Made> {
  label: string;
  made: M;
  names: string[];
  onChange: (made: Made) => void;
}

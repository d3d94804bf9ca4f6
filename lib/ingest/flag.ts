const yes = new Set(['1', 'y', 'yes', 'true', 't', 'x', 'on', 'ja', 'oui']);
const no = new Set(['', '0', 'n', 'no', 'false', 'f', 'off', '-', 'none', 'null', 'na', 'n/a', 'nein', 'non']);

/** Yes or no as files write it; a number other than 0 is yes; null when it is neither. */
export function parseFlag(text: string): boolean | null {
  const value = text.trim().toLowerCase();
  if (yes.has(value)) return true;
  if (no.has(value)) return false;
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) !== 0 : null;
}

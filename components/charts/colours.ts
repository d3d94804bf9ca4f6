// Colours of members. Twelve hues that stay apart under the common colour-blindnesses (after Tol and Okabe-Ito), each in
// four tones: ids are dense, so that a workspace's first 48 brands all differ, and a brand has its colour everywhere.

const hues = [
  ['#3f6fd8', '#8fb0f2', '#27468c', '#5b5fc7'],
  ['#d9822b', '#f0b577', '#9a560f', '#e39a5a'],
  ['#2a9d8f', '#7fd0c5', '#17645b', '#4fb3a1'],
  ['#b5446e', '#e095b0', '#7d274a', '#c96489'],
  ['#8a6fc7', '#bdaee6', '#5a4396', '#9f5fb5'],
  ['#c9a227', '#e6cf7a', '#866a0d', '#b8963f'],
  ['#4aa3d1', '#9dd2ec', '#226586', '#6b8fb5'],
  ['#7a9e3b', '#b6d284', '#4f6b20', '#93b255'],
  ['#c8553d', '#eaa08e', '#8a3323', '#d9765f'],
  ['#5c6b8a', '#a0abc2', '#3b465e', '#74839f'],
  ['#a0785a', '#cfb49c', '#6c4d36', '#b58c6c'],
  ['#d072b8', '#ecb6e0', '#953f7f', '#dd8fca'],
] as const;

/** What is not a member: "all others", "none". */
export const neutral = 'var(--compare)';

export function colourOf(id: number | null | undefined): string {
  if (id === null || id === undefined) return neutral;
  const tones = hues[(id - 1 + hues.length * 1_000) % hues.length];
  const tone = Math.floor(Math.max(0, id - 1) / hues.length) % 4;
  return tones?.[tone] ?? neutral;
}

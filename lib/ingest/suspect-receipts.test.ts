import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SuspectReceipts } from './suspect-receipts';

const suspectsOf = (
  lines: readonly { receipt: string; other: number; shopper: number }[],
): readonly string[] | null => {
  const suspects = new SuspectReceipts();
  for (const { receipt, other, shopper } of lines)
    suspects.add(`<${receipt}>`, 1, receipt.length + 1, other, other % 2, shopper);
  return suspects.all?.receipts ?? null;
};

it('are all receipts of several shoppers', () => {
  const line = fc.record({
    receipt: fc.constantFrom('r1', 'r2', 'r3', '🧾'),
    other: fc.integer({ min: -1, max: 2 }),
    shopper: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const shared = lines.filter((one) =>
        lines.some((two) => two.receipt === one.receipt && two.other === one.other && two.shopper !== one.shopper),
      );
      expect(suspectsOf(lines)).toEqual(expect.arrayContaining(shared.map(({ receipt }) => receipt)));
    }),
  );
});

it('are none where the lines of a receipt stand together, and too many to keep where each comes in two places', () => {
  const receipts = Array.from({ length: 70_000 }, (_, at) => ({
    receipt: `r${at >> 1}`,
    other: at >> 9,
    shopper: at >> 4,
  }));
  expect(suspectsOf(receipts.slice(0, 5_000))).toEqual([]);
  const again = receipts.map(({ other, shopper }, at) => ({ receipt: `r${at}`, other, shopper }));
  expect(suspectsOf([...again, ...again])).toBeNull();
});

import { describe, expect, it } from 'vitest';
import { recalledSentence } from '@/lib/contract/recalled';
import { mapping as mappingShape, type Mapping } from '@/lib/contract/imports';
import { nearMappings, type Remembered } from './near-mapping';
import { counterpartsOf } from './signature';

const mapped = (columns: Record<string, string>, more: object = {}): Mapping =>
  mappingShape.parse({ columns, ...more });
const lines = (columns: string[], mapping: Mapping): Remembered => ({ kind: 'transactions', columns, mapping });
const none = mapped({});
const near = (templates: Remembered[], columns: string[], proposed = none) =>
  nearMappings(templates, { kind: 'transactions', mapping: proposed }, columns);

const weekly = lines(
  ['Day', 'Item', 'Paid', 'Channel', 'Note'],
  mapped(
    { date: 'Day', product: 'Item', amount: 'Paid', channel: 'Channel' },
    { negatives: 'returns', dateFormat: 'MM/DD/YYYY' },
  ),
);

describe('a header that is nearly a remembered one', () => {
  it('keeps what both have, as it spells it, has new columns as proposed, and names what is new and what is missing', () => {
    const proposed = mapped({ promotion: 'Promo', units: 'Note', amount: 'Coupon' });
    const [best] = near([weekly], ['day ', 'Item', 'Note', 'PAID', 'Promo', 'Coupon'], proposed);
    expect(best!.mapping).toMatchObject({
      // The note was left out by who knew it, and amounts have their column.
      columns: { date: 'day ', product: 'Item', amount: 'PAID', promotion: 'Promo' },
      negatives: 'returns',
      dateFormat: 'MM/DD/YYYY',
    });
    expect(Object.keys(best!.mapping.columns)).toHaveLength(4);
    expect(best!.near).toEqual({
      added: ['Promo', 'Coupon'],
      missing: [{ column: 'Channel', field: 'channel' }],
    });
  });

  it.each([
    ['without a required column', ['Day', 'Paid', 'Channel', 'Note']],
    ['with less than half of what is mapped', ['Day', 'Note', 'Else']],
  ])('is none %s', (_, columns) => {
    expect(near([weekly], columns)).toEqual([]);
  });

  it('is none of another kind of file', () => {
    const stores: Remembered = { kind: 'stores', columns: ['Shop', 'Name'], mapping: mapped({ store: 'Shop' }) };
    expect(near([stores], ['Shop', 'Town'])).toEqual([]);
  });

  it('is none where half of the columns are there and with them all that is required, but a bit less than half', () => {
    const wide = mapped({ date: 'a', brand: 'b', amount: 'c', units: 'd', store: 'e', shopper: 'f', receipt: 'g' });
    expect(near([lines([...'abcdefg'], wide)], ['a', 'b', 'c', 'x'])).toEqual([]);
    expect(near([lines([...'abcdefg'], wide)], ['a', 'b', 'c', 'd'])).toHaveLength(1);
  });

  it('takes the one that is most nearly all there, of several the latest', () => {
    const short = lines(['Day', 'Item', 'Paid'], mapped({ date: 'Day', product: 'Item', amount: 'Paid' }));
    const again = lines(['Day', 'Item', 'Paid', 'x'], short.mapping);
    const [best] = near([weekly, again, short], ['Day', 'Item', 'Paid', 'New']);
    expect(best!.template).toBe(again);
  });

  it('leaves out what is made of a missing column, and attributes of what is not named; constants stay', () => {
    const template = lines(
      ['Day', 'Item', 'Paid', 'Till', 'No', 'Shop', 'Town'],
      mapped(
        { date: 'Day', product: 'Item', amount: 'Paid', store: 'Shop' },
        {
          grain: 'receipt',
          made: { receipt: { join: ['Till', 'No'], with: '-' }, channel: { constant: 'Web' } },
          attributes: [{ column: 'Town', of: 'store' }],
        },
      ),
    );
    const [best] = near([template], ['Day', 'Item', 'Paid', 'No', 'Town'], mapped({}, { grain: 'day' }));
    expect(best!.mapping).toMatchObject({ made: { channel: { constant: 'Web' } }, attributes: [], grain: 'day' });
    expect(Object.keys(best!.mapping.made)).toEqual(['channel']);
    expect(best!.near.missing).toEqual([
      { column: 'Shop', field: 'store' },
      { column: 'Till', field: 'receipt' },
    ]);
  });
});

it('finds the same name before one that differs in case, and none twice', () => {
  expect([...counterpartsOf(['Qty', 'QTY', 'No'], ['QTY', 'qty '])]).toEqual([
    ['QTY', 'QTY'],
    ['Qty', 'qty '],
  ]);
});

describe('the sentence of what was recalled', () => {
  const one = { template: 1, name: 'weekly.csv', fileName: 'weekly.csv', usedAt: '2025-11-12T23:00:00.000Z' };
  const missing = [{ column: 'Channel', field: 'channel' }];

  it('names the file and its day, the columns that are new and those that are missing', () => {
    const alike = { added: ['Promo', 'Coupon'], missing, applied: true };
    expect(recalledSentence({ ...one, near: alike })).toBe(
      'Mapped as in weekly.csv of 12 Nov 2025, whose header is nearly the same; new here: Promo, Coupon; missing: Channel.',
    );
  });
  it('says so when it was not taken, and when the header is the same', () => {
    expect(recalledSentence({ ...one, near: { added: ['Promo'], missing: [], applied: false } })).toBe(
      'Mapped by names and values; the header is nearly that of weekly.csv of 12 Nov 2025; new here: Promo.',
    );
    expect(recalledSentence({ ...one, name: 'Till', near: null })).toBe(
      'Mapped as in weekly.csv of 12 Nov 2025 (Till), which has the same header.',
    );
  });
  it('does not list columns without end', () => {
    const added = Array.from({ length: 12 }, (_, at) => `c${at}`);
    expect(recalledSentence({ ...one, near: { added, missing: [], applied: true } })).toMatch(/c8, c9 and 2 more\.$/);
  });
});

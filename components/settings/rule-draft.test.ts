import { expect, it } from 'vitest';
import type { ImportRuleSetting } from '@/lib/contract/import-rules';
import { changesOf, shownOf, standardText, thresholdOf } from './rule-draft';

const drift: ImportRuleSetting = {
  rule: 'drift',
  title: '',
  finds: '',
  measure: '',
  unit: 'share',
  severity: 'error',
  threshold: 0.3,
  standard: { severity: 'warning', threshold: 0.5 },
};

it('sends what differs from what is saved, and gives back what is as by default', () => {
  expect(changesOf([drift], {})).toEqual({});
  expect(changesOf([drift], { drift: { threshold: 0.3 } })).toEqual({});
  expect(changesOf([drift], { drift: { threshold: 0.4 } })).toEqual({ drift: { severity: 'error', threshold: 0.4 } });
  expect(changesOf([drift], { drift: { severity: 'warning' } })).toEqual({ drift: { severity: null, threshold: 0.3 } });
  expect(changesOf([drift], { drift: { severity: 'warning', threshold: 0.5 } })).toEqual({ drift: null });
});

it('writes shares in percent, both ways the same number', () => {
  expect(shownOf('share', 0.07)).toBe(7);
  expect(thresholdOf('share', 7)).toBe(0.07);
  expect(shownOf('times', 10)).toBe(10);
  expect(standardText(drift)).toBe('warn, 50 %');
});

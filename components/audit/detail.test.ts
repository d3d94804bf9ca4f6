import { describe, expect, it } from 'vitest';
import { tellDetail, tellSubject } from './detail';

const told = (detail: Record<string, unknown>, called: string | null = null) => tellDetail({ detail, called });

describe('the detail of an entry', () => {
  it('is on one line, with numbers as people write them', () => {
    expect(told({ kind: 'transactions', rows: 541909, days: 305 })).toBe('transactions · 541,909 rows · 305 days');
    expect(told({ changed: ['name', 'scheduleSeconds'] })).toBe('changed name, schedule seconds');
    expect(told({ cells: Array.from('abcdefghijkl') })).toBe('cells a, b, c, d, e, f, g, h, i, j … (2 more)');
    expect(told({ bytes: 63_635, rows: 1, days: 0 })).toBe('63.6 KB · 1 row');
    expect(told({ scheduleSeconds: 300 })).toBe('schedule seconds 300');
    expect(told({ weekStart: 1, low_base: 30 })).toBe('week start 1 · low base 30');
  });

  it('leaves out what stands in another column, and what is not there', () => {
    expect(told({ file: 'a.csv', bytes: 12 })).toBe('12 bytes');
    expect(told({ kind: 'spelling', subject: 'COLA', brand: 'Cola' }, 'COLA')).toBe('kind spelling · brand Cola');
    expect(told({ email: 'ann@example.com', before: null, role: 'viewer' })).toBe('role viewer');
    expect(told({})).toBe('');
  });

  it('names the dates of a question, and no more of it', () => {
    expect(told({ q: { from: '2024-01-01', to: '2024-01-31', filters: {} } })).toBe('1 Jan – 31 Jan 2024');
  });

  it('keeps what is deeper as it is', () => {
    expect(told({ outliers: { threshold: 20 } })).toBe('outliers {"threshold":20}');
  });
});

it('names what was downloaded, and anything else as it is', () => {
  expect(['exportAnalysisShoppers', 'exportCsv', 'exportAudit'].map(tellSubject)).toEqual([
    'analysis shoppers',
    'CSV',
    'audit',
  ]);
  expect(['import 12', 'exports', 'Export A'].map(tellSubject)).toEqual(['import 12', 'exports', 'Export A']);
});

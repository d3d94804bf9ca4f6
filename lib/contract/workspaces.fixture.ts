import { plainCalendar } from '@/lib/metrics/calendar';
import type { WorkspaceDetail } from './workspaces';

/** A workspace with two years of data, for what shows it. */
export const detail: WorkspaceDetail = {
  slug: '',
  name: 'Demo',
  role: 'viewer',
  meta: { dataVersion: 1, newestDate: '2024-12-31', currency: 'EUR', currencyScale: 2, calendar: plainCalendar },
  lowBase: 50,
  retentionMonths: null,
  universe: null,
  clock: { timeZone: null, dayStart: 0 },
  lines: 9,
  from: '2023-01-01',
  to: '2024-12-31',
  grain: 'receipt',
  has: {
    shoppers: true,
    baskets: true,
    stores: true,
    regions: true,
    channels: false,
    promotions: true,
    packSizes: true,
  },
  dataChangedAt: '2025-01-01T00:00:00Z',
  lastCheck: null,
};

import { act } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { Moment } from './Moment';

afterEach(() => vi.unstubAllEnvs());

it('is on the clock of who reads it, whatever clock the server has', async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const moment = <Moment iso="2026-09-29T23:17:00Z" />;
  vi.stubEnv('TZ', 'Asia/Tokyo');
  const page = document.createElement('div');
  page.innerHTML = renderToString(moment);
  vi.stubEnv('TZ', 'America/New_York');
  const faults: unknown[] = [];
  await act(async () => void hydrateRoot(page, moment, { onRecoverableError: (fault) => faults.push(fault) }));
  expect(page.textContent).toBe('29 Sep 2026, 19:17');
  expect(faults).toEqual([]);
});

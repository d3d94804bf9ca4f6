import type { Page } from '@playwright/test';
import { expect, settled } from './test';

/** Gives a file to the Data page, as somebody who drops it there does. */
export async function give(page: Page, name: string, text: string): Promise<void> {
  await page.goto(`/data?workspace=${new URL(page.url()).searchParams.get('workspace')}`);
  await settled(page);
  // A file given before the page listens would be lost.
  await page.waitForLoadState('networkidle');
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

/** From the page of an import just uploaded to the end of its check. */
export async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue to columns' }).click();
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByRole('button', { name: /^Publish / })).toBeVisible({ timeout: 60_000 });
}

export async function checkAndPublish(page: Page): Promise<void> {
  await check(page);
  await page.getByRole('button', { name: /^Publish / }).click();
  await isNow(page, 'Published');
}

/** What has become of the import whose page is open. */
export const isNow = (page: Page, state: 'Published' | 'Reverted' | 'Discarded'): Promise<void> =>
  expect(page.getByRole('heading', { name: state, exact: true })).toBeVisible({ timeout: 60_000 });

interface Import {
  id: number;
  state: string;
  mapping: object;
}

/** Publishes a file by the API, mapped as proposed but for `change`: for tests that are about what comes after. */
export async function load(page: Page, slug: string, name: string, text: string, change: object = {}): Promise<number> {
  const at = (path: string) => `/api/v1/imports${path}${path.includes('?') ? '&' : '?'}workspace=${slug}`;
  const post = async (path: string, data: string | object, type: string): Promise<Import> => {
    const response = await page.request.post(at(path), { data, headers: { 'content-type': type } });
    expect(response.ok(), await response.text()).toBe(true);
    return (await response.json()) as Import;
  };
  const { id, mapping } = await post(`?fileName=${name}`, text, 'text/csv');
  const becomes = (state: string) =>
    expect
      .poll(async () => ((await (await page.request.get(at(`/${id}`))).json()) as Import).state, { timeout: 60_000 })
      .toBe(state);
  await post(`/${id}/check`, { mapping: { ...mapping, ...change } }, 'application/json');
  await becomes('validated');
  await post(`/${id}/publish`, {}, 'application/json');
  await becomes('published');
  return id;
}

/** What the product says of the value sales of a workspace, by brand. */
export async function salesByBrand(page: Page, slug: string): Promise<Record<string, number>> {
  const q = { metrics: ['value_sales'], from: '2024-01-01', to: '2024-12-31', by: 'brand' };
  const response = await page.request.post(`/api/v1/query?workspace=${slug}`, { data: q });
  expect(response.ok(), await response.text()).toBe(true);
  const { rows } = (await response.json()) as {
    rows: { member: { name: string } | null; values: Record<string, number> }[];
  };
  return Object.fromEntries(rows.map((row) => [row.member?.name ?? '', row.values['value_sales'] ?? 0]));
}

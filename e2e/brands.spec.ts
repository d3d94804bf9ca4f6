import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { formatMetric } from '@/lib/metrics/format';
import { newestYear, readLines } from './lines';
import { expect, settled, test } from './test';

const league = (page: Page) => page.getByRole('region', { name: 'League table', exact: true }).getByRole('table');
const names = (page: Page) => league(page).locator('tbody th a').allTextContents();

interface Brand {
  id: number;
  name: string;
  value: number;
  buyers: number;
  trips: number;
}

const brands = (): Promise<Brand[]> =>
  readLines<Brand>(`
    SELECT brand.id, brand.name, sum(lines.amount)::float8 / 100 AS value,
      count(DISTINCT shopper_no) FILTER (WHERE NOT is_return AND units > 0)::int AS buyers,
      count(DISTINCT basket_id) FILTER (WHERE NOT is_return AND units > 0 AND shopper_no IS NOT NULL)::int AS trips
    FROM (${newestYear}) AS lines
    JOIN brand ON brand.workspace_id = lines.workspace_id AND brand.id = lines.brand_id
    GROUP BY brand.id, brand.name ORDER BY value DESC`);

test('the league table ranks brands by the sales of their lines, sorts, and keeps the order in the address', async ({
  page,
}) => {
  const truth = await brands();
  await page.goto('/brands');
  await settled(page);
  expect(await names(page)).toEqual(truth.slice(0, 25).map(({ name }) => name));
  const first = league(page)
    .getByRole('row')
    .filter({ hasText: truth[0]?.name ?? '' });
  const sales = formatMetric('value_sales', truth[0]?.value, { currency: 'EUR' });
  await expect(first.getByRole('button', { name: `Value sales: ${sales}. Explain` })).toBeVisible();

  await league(page).getByRole('button', { name: 'Brand', exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  const byName = truth.map(({ name }) => name).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  await expect.poll(() => names(page)).toEqual(byName.slice(0, 25));
  await page.reload();
  await settled(page);
  expect(await names(page)).toEqual(byName.slice(0, 25));
});

test('pages of the league table hold each brand once', async ({ page }) => {
  const truth = await brands();
  await page.goto('/brands');
  await settled(page);
  const seen = await names(page);
  const pager = page.getByRole('navigation', { name: 'Pages of brands' });
  while (seen.length < truth.length) {
    const before = seen.length;
    await pager.getByRole('button', { name: 'Next page' }).click();
    await expect(pager.getByRole('status')).toHaveText(new RegExp(`^${before + 1}–`));
    await settled(page);
    seen.push(...(await names(page)));
    expect(seen.length).toBeGreaterThan(before);
  }
  expect([...seen].sort()).toEqual(truth.map(({ name }) => name).sort());
  await expect(pager.getByRole('button', { name: 'Next page' })).toBeDisabled();
  await page.goBack();
  await expect.poll(() => names(page)).toContain(truth[0]?.name);
});

test('a search finds brands by their name, and the export holds all of them', async ({ page }) => {
  const truth = await brands();
  const wanted = truth[3]?.name ?? '';
  await page.goto('/brands');
  await settled(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV', exact: true }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  for (const { name } of truth) expect(text).toContain(name);

  await page.getByRole('searchbox', { name: 'Find a brand' }).fill(wanted.toUpperCase());
  await expect.poll(() => names(page)).toEqual([wanted]);
  await expect(page).toHaveURL(/[?&]q=/);
  await page.getByRole('searchbox', { name: 'Find a brand' }).fill('no such brand');
  await expect(page.getByText('Nothing called “no such brand”')).toBeVisible();
});

test('a brand’s page shows its numbers, and buyers × frequency × spend give its sales', async ({ page }) => {
  const [top] = await brands();
  if (!top) throw new Error('The demo holds brands.');
  await page.goto('/brands');
  await settled(page);
  await league(page).getByRole('link', { name: top.name, exact: true }).click();
  await page.waitForURL(new RegExp(`/brands/${top.id}`));
  await expect(page.getByRole('heading', { level: 1, name: top.name })).toBeVisible();
  await settled(page);
  const full = (metric: 'value_sales' | 'buyers', value: number) =>
    page.getByRole('button', {
      name: new RegExp(`: ${escaped(formatMetric(metric, value, { currency: 'EUR' }))}\\. Explain`),
    });
  await expect(full('value_sales', top.value).first()).toBeVisible();
  await expect(full('buyers', top.buyers).first()).toBeVisible();
  const identity = page.getByRole('region', { name: /buyers|frequency|adds up|made of/i }).first();
  await expect(identity).toBeVisible();
  const spent = (
    await readLines<{ value: number }>(`
    SELECT sum(amount)::float8 / 100 AS value FROM (${newestYear}) AS lines
    WHERE brand_id = ${top.id} AND shopper_no IS NOT NULL`)
  )[0]?.value;
  expect(spent).toBeLessThan(top.value);
});

test('a brand that is not there is said to be none', async ({ page, watch }) => {
  watch.tolerate(/404/);
  await page.goto('/brands/999999');
  await expect(page.getByText(/There is no such|no such brand/i)).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

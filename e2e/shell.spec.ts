import { analysisIds } from '@/lib/metrics/analyses';
import { metricIds } from '@/lib/metrics/catalog';
import { expect, settled, test } from './test';

test('every page is one press away and keeps dates and comparison', async ({ page }) => {
  await page.goto('/overview?period=last_quarter&compare=none');
  await settled(page);
  const pages = [
    ['Brands', 'Brands'],
    ['Analyses', 'Analyses'],
    ['Data', 'Data'],
    ['Glossary', 'Glossary'],
    ['API', 'API'],
    ['Overview', 'Overview'],
  ] as const;
  for (const [link, title] of pages) {
    const entry = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: link, exact: true });
    await entry.click();
    await expect(page.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
    await expect(entry).toHaveAttribute('aria-current', 'page');
    await expect(page).toHaveURL(/period=last_quarter&compare=none/);
  }
  await settled(page);
});

test('the workspace is switched, and each has its own numbers', async ({ page }) => {
  const made = await page.request.post('/api/v1/workspaces', { data: { name: 'Second shop', currency: 'EUR' } });
  expect(made.ok()).toBe(true);
  await page.goto('/overview');
  await settled(page);
  await page.getByRole('button', { name: 'Workspace: Demo' }).click();
  await page.getByRole('menuitem', { name: 'Second shop' }).first().click();
  await expect(page).toHaveURL(/workspace=second-shop/);
  await expect(page.getByText('Welcome to Second shop')).toBeVisible();
  await page.getByRole('button', { name: 'Workspace: Second shop' }).click();
  await page.getByRole('menuitem', { name: 'Demo' }).click();
  await expect(page.locator('button[data-metric="value_sales"]')).toBeVisible();
});

test('on a phone the menu opens, leads on, and closes', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/overview');
  await settled(page);
  const entry = page.getByRole('link', { name: 'Glossary', exact: true });
  await expect(entry).not.toBeInViewport();
  // Closed, it holds up no keyboard: after the button comes the page.
  await page.getByRole('button', { name: 'Open menu' }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Last 12 months/ })).toBeFocused();
  await page.getByRole('button', { name: 'Open menu' }).click();
  await expect(entry).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(entry).not.toBeInViewport();
  await expect(page.getByRole('button', { name: 'Open menu' })).toBeFocused();
  await page.getByRole('button', { name: 'Open menu' }).click();
  await expect(entry).toBeInViewport();
  await entry.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Glossary' })).toBeVisible();
  await expect(entry).not.toBeInViewport();
});

test('the keyboard reaches the content at once', async ({ page }) => {
  await page.goto('/overview');
  await settled(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
});

test('the API page lists every endpoint of the description', async ({ page }) => {
  const described = await page.request.get('/api/openapi.json');
  const { paths } = (await described.json()) as { paths: Record<string, Record<string, unknown>> };
  const methods = ['get', 'post', 'patch', 'put', 'delete'];
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => methods.includes(key))
      .map((method) => `${method.toUpperCase()}${path}`),
  );
  expect(all.length).toBeGreaterThan(15);
  await page.goto('/api-reference');
  const listed = await page.locator('main article h3').allTextContents();
  expect(listed.map((text) => text.replace(/\s/g, '')).sort()).toEqual(all.sort());
});

test('the glossary has every metric and analysis that the API knows', async ({ page }) => {
  await page.goto('/glossary');
  for (const id of metricIds) await expect(page.locator(`article[id="${id}"] dl`)).toContainText(id);
  for (const id of analysisIds) await expect(page.locator(`article[id="analysis:${id}"] dl`)).toContainText(id);
});

test('what is not there says so, inside the frame and outside of it', async ({ page, watch }) => {
  watch.tolerate(/404/);
  const foreign = await page.goto('/overview?workspace=not-mine');
  expect(foreign?.status()).toBe(404);
  await expect(page.getByText('There is no such thing here')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  const nowhere = await page.goto('/nowhere');
  expect(nowhere?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
});

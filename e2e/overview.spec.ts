import { readFile } from 'node:fs/promises';
import { formatMetric } from '@/lib/metrics/format';
import { newestYear, readLines } from './lines';
import { expect, settled, test, tile, tileText } from './test';

test('the first paint holds the numbers, and they are those of the lines', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: 'test-results/.session.json' });
  const page = await context.newPage();
  await page.goto('/overview');
  const [truth] = await readLines<{ value: number; buyers: number }>(`
    SELECT sum(amount)::float8 / 100 AS value,
      count(DISTINCT shopper_no) FILTER (WHERE NOT is_return AND units > 0)::int AS buyers
    FROM (${newestYear}) AS lines`);
  expect(truth?.value).toBeGreaterThan(0);
  expect(await tileText(page, 'value_sales')).toContain(formatMetric('value_sales', truth?.value, { currency: 'EUR' }));
  expect(await tileText(page, 'buyers')).toContain(formatMetric('buyers', truth?.buyers));
  await expect(page.getByRole('table', { name: 'Top brands by value sales' }).getByRole('row')).toHaveCount(11);
  await context.close();
});

test('dates and comparison change the address and the numbers, and the address gives them back', async ({ page }) => {
  await page.goto('/overview');
  await settled(page);
  const year = await tileText(page, 'value_sales');

  const dates = page.getByRole('group', { name: 'Dates and filters' });
  await dates.getByRole('button').first().click();
  await page.getByRole('button', { name: 'Last whole quarter' }).click();
  await expect(page).toHaveURL(/period=last_quarter/);
  await expect(tile(page, 'value_sales')).not.toHaveAttribute('aria-label', year);
  await settled(page);

  const beside = tile(page, 'value_sales').getByText(/^from /);
  const before = await beside.textContent();
  await dates.getByRole('button', { name: / vs |^vs / }).click();
  await page.getByRole('menuitem', { name: 'Previous period' }).click();
  await expect(page).toHaveURL(/compare=previous_period/);
  await expect(beside).not.toHaveText(before ?? '');
  await settled(page);
  const quarter = await tileText(page, 'value_sales');
  const against = await beside.textContent();

  await page.reload();
  await settled(page);
  expect(await tileText(page, 'value_sales')).toBe(quarter);
  await expect(beside).toHaveText(against ?? '');

  const loaded: string[] = [];
  page.on('request', (request) => request.isNavigationRequest() && loaded.push(request.url()));
  await page.goBack();
  await expect(page).not.toHaveURL(/compare=/);
  await expect(beside).toHaveText(before ?? '');
  await page.goBack();
  await expect(page).not.toHaveURL(/period=/);
  await expect(tile(page, 'value_sales')).toHaveAttribute('aria-label', year);
  expect(loaded, 'pages loaded anew').toEqual([]);
});

test('a change of dates asks for numbers alone, not for the pages that links lead to', async ({ page }) => {
  await page.goto('/overview');
  await settled(page);
  const asked: string[] = [];
  page.on('request', (request) => request.resourceType() === 'fetch' && asked.push(new URL(request.url()).pathname));
  await page.getByRole('group', { name: 'Dates and filters' }).getByRole('button').first().click();
  await page.getByRole('button', { name: 'Last whole quarter' }).click();
  await expect(page).toHaveURL(/period=last_quarter/);
  await page.waitForLoadState('networkidle');
  expect(asked.filter((path) => path === '/api/v1/query')).not.toEqual([]);
  expect(asked.filter((path) => !path.startsWith('/api/'))).toEqual([]);
});

test('two steps back show what stood there, however fast they follow each other', async ({ page }) => {
  await page.goto('/overview');
  await settled(page);
  const year = await tileText(page, 'value_sales');
  const dates = page.getByRole('group', { name: 'Dates and filters' });
  await dates.getByRole('button').first().click();
  await page.getByRole('button', { name: 'Last whole quarter' }).click();
  await expect(page).toHaveURL(/period=last_quarter/);
  await dates.getByRole('button', { name: / vs |^vs / }).click();
  await page.getByRole('menuitem', { name: 'Previous period' }).click();
  await expect(page).toHaveURL(/compare=previous_period/);

  const slowly = await page.context().newCDPSession(page);
  for (const gap of [0, 400, 900]) {
    // Nothing is left in the browser's memory, so that each step has to be drawn anew, and on a slow machine.
    await page.reload();
    await settled(page);
    await expect(tile(page, 'value_sales')).not.toHaveAttribute('aria-label', year);
    await slowly.send('Emulation.setCPUThrottlingRate', { rate: 2 });
    await page.evaluate((wait) => {
      history.back();
      setTimeout(() => history.back(), wait);
    }, gap);
    await expect(page).not.toHaveURL(/period=/);
    await slowly.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await expect(tile(page, 'value_sales'), `${gap} ms apart`).toHaveAttribute('aria-label', year);
    await page.evaluate(() => history.go(2));
    await expect(page).toHaveURL(/compare=previous_period/);
  }
});

test('a filter narrows every number to what was chosen, and comes off again', async ({ page }) => {
  await page.goto('/overview');
  await settled(page);
  const all = await tileText(page, 'value_sales');
  const [top] = await readLines<{ name: string; value: number }>(`
    SELECT brand.name, sum(lines.amount)::float8 / 100 AS value FROM (${newestYear}) AS lines
    JOIN brand ON brand.workspace_id = lines.workspace_id AND brand.id = lines.brand_id
    GROUP BY brand.name ORDER BY value DESC LIMIT 1`);
  const name = top?.name ?? '';

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('group', { name: 'Filter by' }).getByRole('button', { name: 'Brand', exact: true }).click();
  await page.getByRole('textbox', { name: 'Find brands' }).fill(name);
  await page.getByRole('checkbox', { name, exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/[?&]brand=\d+/);
  await expect(tile(page, 'value_sales')).toHaveAttribute(
    'aria-label',
    `Value sales: ${formatMetric('value_sales', top?.value, { currency: 'EUR' })}. Explain`,
  );

  await page.getByRole('button', { name: `Take off: Brand ${name}` }).click();
  await expect(tile(page, 'value_sales')).toHaveAttribute('aria-label', all);
});

test('a number opens into its definition, its sums and its source', async ({ page }) => {
  await page.goto('/overview');
  await settled(page);
  await tile(page, 'buy_rate').click();
  const panel = page.getByRole('dialog');
  await expect(panel.getByText('Definition')).toBeVisible();
  await expect(panel.getByText('The two parts that it is made of')).toBeVisible();
  await expect(panel.getByText('Read from')).toBeVisible();
  await expect(panel.getByText('Rows read')).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/explain.png' });
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();

  await tile(page, 'value_sales').click();
  await panel.getByRole('link', { name: 'Value sales: its lines' }).click();
  const lines = page.getByRole('region', { name: 'The lines under the number: Value sales' });
  await expect(panel).toBeHidden();
  await expect(lines.getByText(/^All of them: €/)).toBeVisible();
  await expect(lines.getByRole('row')).toHaveCount(51);
  await page.screenshot({ path: 'test-results/screens/lines.png', fullPage: true });
});

test('a chart shows its table and saves it', async ({ page }) => {
  await page.goto('/overview');
  await settled(page);
  const name = 'Top brands by value sales';
  const menu = page.getByRole('button', { name: `${name}: table, export and definition` });
  await menu.click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('top-brands-by-value-sales.csv');
  const text = await readFile(await file.path(), 'utf8');
  const rows = text.replace('\uFEFF', '').split('\r\n');
  expect(rows[0]).toMatch(/^Brand,/);
  expect(rows.length).toBeGreaterThan(10);

  await menu.click();
  const picture = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download PNG' }).click();
  expect((await readFile(await (await picture).path())).subarray(1, 4).toString()).toBe('PNG');

  await menu.click();
  await page.getByRole('menuitem', { name: 'Show table' }).click();
  const table = page.getByRole('region', { name }).getByRole('table', { name });
  await expect(table.getByRole('row')).toHaveCount(rows.length);
});

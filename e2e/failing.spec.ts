import { expect, settled, test, tileText } from './test';

const busy = (status: number, requestId: string) => ({
  status,
  headers: { 'content-type': 'application/json', 'x-request-id': requestId, 'retry-after': '5' },
  body: JSON.stringify({
    error: {
      code: status === 500 ? 'internal' : 'unavailable',
      message: 'The numbers cannot be read right now.',
      details: [],
      requestId,
    },
  }),
});
const metrics = /\/api\/v1\/query/;

test.beforeEach(({ watch }) => watch.tolerate(/Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_FAILED/));

for (const status of [500, 503]) {
  test(`numbers that cannot be read (${status}) leave the page standing, say why, and come back`, async ({ page }) => {
    await page.goto('/overview');
    await settled(page);
    const shown = await tileText(page, 'value_sales');
    let down = true;
    await page.route(metrics, (route) => (down ? route.fulfill(busy(status, 'req-down-1')) : route.continue()));
    await page.getByRole('group', { name: 'Dates and filters' }).getByRole('button').first().click();
    await page.getByRole('button', { name: 'Last whole month' }).click();

    const failed = page.getByRole('region', { name: 'Top brands by value sales' });
    await expect(failed.getByRole('alert')).toContainText('The numbers cannot be read right now.', { timeout: 20_000 });
    await expect(failed.getByRole('alert')).toContainText('req-down-1');
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await page.screenshot({ path: `test-results/screens/failing-${status}.png`, fullPage: true });

    down = false;
    await failed.getByRole('button', { name: 'Try again' }).click();
    await expect(failed.getByRole('table')).toBeVisible();
    await page.goBack();
    await expect(page.locator('button[data-metric="value_sales"]')).toHaveAttribute('aria-label', shown);
  });
}

test('without a network the page says so and keeps what it shows', async ({ page, context }) => {
  await page.goto('/overview');
  await settled(page);
  const shown = await tileText(page, 'value_sales');
  await context.setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  expect(await tileText(page, 'value_sales')).toBe(shown);
  await context.setOffline(false);
  await expect(page.getByText('You are offline.')).toBeHidden();
});

test('an answer that is not the newest is shown with its age, until the fresh one is there', async ({ page }) => {
  await page.goto('/overview');
  await settled(page);
  let old = true;
  await page.route(metrics, async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { meta: { cache?: object } };
    if (old)
      answer.meta.cache = { ...answer.meta.cache, state: 'stale', ageSeconds: 7_200, reason: 'source unavailable' };
    await route.fulfill({ response, json: answer });
  });
  await page.getByRole('group', { name: 'Dates and filters' }).getByRole('button').first().click();
  await page.getByRole('button', { name: 'Last whole quarter' }).click();
  const panel = page.getByRole('region', { name: 'Top brands by value sales' });
  await expect(panel.getByRole('status')).toHaveText(/Numbers of 2 h(ours)? ago: newer ones cannot be read/);
  await expect(panel.getByRole('table')).toBeVisible();
  old = false;
  await page.reload();
  await settled(page);
  await expect(page.getByText('cannot be read right now')).toHaveCount(0);
});

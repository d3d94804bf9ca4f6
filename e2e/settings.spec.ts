import { expect, settled, test } from './test';

test('a key is made, opens the API, and is revoked', async ({ page, playwright, baseURL }) => {
  await page.goto('/settings');
  await settled(page);
  const keys = page.getByRole('region', { name: 'API keys', exact: true }).first();
  const name = `Nightly load ${Date.now()}`;
  await keys.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make key' }).click();
  const key = (await page.getByLabel('The key').textContent()) ?? '';
  await page.screenshot({ path: 'test-results/screens/new-key.png' });
  await page.getByRole('button', { name: 'Done' }).click();
  const row = keys.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('read');

  const program = await playwright.request.newContext({
    baseURL: baseURL ?? '',
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  });
  expect((await program.get('/api/v1/brands')).status()).toBe(200);

  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('revoked');
  await expect.poll(async () => (await program.get('/api/v1/brands')).status(), { timeout: 15_000 }).toBe(401);
  await program.dispose();
});

test('the universe makes its penetration known', async ({ page }) => {
  const made = await page.request.post('/api/v1/workspaces', { data: { name: `Panel ${Date.now()}` } });
  const { slug } = (await made.json()) as { slug: string };
  await page.goto(`/settings?workspace=${slug}`);
  await settled(page);
  const form = page.getByRole('form', { name: 'Shoppers' });
  await form.getByLabel('Universe').fill('40000');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled();
  await page.reload();
  await settled(page);
  await expect(page.getByLabel('Universe')).toHaveValue('40,000');
});

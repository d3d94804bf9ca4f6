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
  await expect(row).toContainText('Revoked');
  await expect.poll(async () => (await program.get('/api/v1/brands')).status(), { timeout: 15_000 }).toBe(401);
  await program.dispose();
});

test('somebody is let into a workspace, given another role, and removed', async ({ page, playwright, baseURL }) => {
  const made = await page.request.post('/api/v1/workspaces', { data: { name: `People ${Date.now()}` } });
  const { slug } = (await made.json()) as { slug: string };
  const email = `ann-${Date.now()}@example.com`;
  const other = await playwright.request.newContext({
    baseURL: baseURL ?? '',
    storageState: { cookies: [], origins: [] },
    extraHTTPHeaders: { origin: baseURL ?? '' },
  });
  const account = { email, name: 'Ann Other', password: 'a long enough password' };
  expect((await other.post('/api/auth/sign-up/email', { data: account })).status()).toBe(200);
  const sees = async () => (await other.get(`/api/v1/workspace?workspace=${slug}`)).status();
  expect(await sees()).toBe(404);

  await page.goto(`/settings?workspace=${slug}`);
  await settled(page);
  const people = page.getByRole('region', { name: 'People', exact: true }).first();
  await people.getByRole('button', { name: 'Add' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  const row = people.getByRole('row').filter({ hasText: email });
  await expect(row).toBeVisible();
  await expect.poll(sees, { timeout: 15_000 }).toBe(200);
  await row.getByRole('combobox', { name: 'Role of Ann Other' }).click();
  await page.getByRole('option', { name: 'analyst' }).click();
  await expect(row.getByRole('combobox')).toHaveValue('analyst');

  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
  await expect.poll(sees, { timeout: 15_000 }).toBe(404);
  await other.dispose();
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

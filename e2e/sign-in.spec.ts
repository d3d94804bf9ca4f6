import { expect, settled, test } from './test';
import { nobody, person } from './session';

test.use({ storageState: nobody });

test('nobody is led to the sign-in page and, signed in, to the page asked for', async ({ page }) => {
  const asked = '/brands?period=last_quarter&compare=none';
  await page.goto(asked);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await settled(page);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/brands');
  expect(new URL(page.url()).search).toBe('?period=last_quarter&compare=none');

  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await page.waitForURL(/\/overview/);
  await page.getByRole('button', { name: `Account of ${person.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in/);
  // Whoever comes after them, and goes back, sees nothing of theirs.
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

for (const elsewhere of ['https://elsewhere.example/', '//elsewhere.example/', '/\\elsewhere.example/']) {
  test(`a link that would lead away to ${elsewhere} after the sign-in does not`, async ({ page, baseURL }) => {
    await page.goto(`/sign-in?next=${encodeURIComponent(elsewhere)}`);
    await settled(page);
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/overview/);
    expect(page.url().startsWith(`${baseURL}/`)).toBe(true);
  });
}

test('the API says 401 to nobody, 404 for another’s workspace, and 400 with the field for what is wrong', async ({
  request,
  browser,
}) => {
  const unknown = await request.get('/api/v1/brands');
  expect(unknown.status()).toBe(401);
  const told = (await unknown.json()) as { error: { code: string; requestId: string } };
  expect(told.error.code).toBe('unauthenticated');
  expect(unknown.headers()['x-request-id']).toBe(told.error.requestId);

  const context = await browser.newContext({ storageState: 'test-results/.session.json' });
  const foreign = await context.request.get('/api/v1/brands?workspace=not-mine');
  expect(foreign.status()).toBe(404);
  const wrong = await context.request.get('/api/v1/brands?limit=101');
  expect(wrong.status()).toBe(400);
  expect(JSON.stringify(await wrong.json())).toContain('"field":"limit"');
  await context.close();
});

test('somebody new makes an account and a workspace, and lands where files are loaded', async ({ page }) => {
  await page.goto('/sign-in');
  await settled(page);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('Name').fill('Ada New');
  await page.getByLabel('E-mail').fill(`ada-${Date.now()}@brandlens.example`);
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough password');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome, Ada New' })).toBeVisible();
  await settled(page);
  await page.screenshot({ path: 'test-results/screens/first-workspace.png' });
  await page.getByRole('textbox', { name: 'Name' }).fill('Corner shop');
  await page.getByRole('button', { name: 'Create workspace' }).click();
  await page.waitForURL(/\/data\?workspace=corner-shop/);
  await expect(page.getByRole('heading', { name: 'Data', level: 1 })).toBeVisible();

  // A workspace without lines welcomes, and says what to do.
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await expect(page.getByText('Welcome to Corner shop')).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/empty-workspace.png' });
  await page.getByRole('link', { name: 'Load a file' }).click();
  await page.waitForURL(/\/data/);
});

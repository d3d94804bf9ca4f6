import { expect, newWorkspace, settled, test } from './test';

test('a rule that stops a file says so, and what to do; set to warn, the same file can be published', async ({
  page,
}) => {
  const slug = await newWorkspace(page, `Rules ${Date.now()}`);
  const rules = page.getByRole('form', { name: 'Import rules' });
  const set = async (choice: string) => {
    await rules.getByRole('combobox', { name: 'If found: Days without revenue' }).click();
    await page.getByRole('option', { name: choice, exact: true }).click();
    const saved = page.waitForResponse((response) => response.url().includes('/workspace/import-rules'));
    await rules.getByRole('button', { name: 'Save' }).click();
    expect((await saved).status()).toBe(200);
    await expect(rules.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  };
  await page.goto(`/settings?workspace=${slug}`);
  await settled(page);
  await set('Stop the file');
  await rules.screenshot({ path: 'test-results/screens/import-rules.png' });

  await page.goto(`/data?workspace=${slug}`);
  await settled(page);
  const buffer = Buffer.from('date,store,receipt,product,units,amount\n2024-01-01,S,r1,p,1,1\n2024-01-04,S,r2,p,1,2\n');
  await page.locator('input[type=file]').setInputFiles({ name: 'gap.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Continue to columns' }).click();
  await page.getByRole('button', { name: /^Check/ }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'A rule stops this file' });
  await expect(alert).toContainText('2024-01-02, 2024-01-03', { timeout: 30_000 });
  await expect(page.getByRole('button', { name: /^Publish/ })).toHaveCount(0);
  await page.screenshot({ path: 'test-results/screens/held-back.png', fullPage: true });
  const held = page.url();

  await page.goto(`/settings?workspace=${slug}`);
  await settled(page);
  await set('Warn');
  await page.goto(held);
  await settled(page);
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('button', { name: 'Publish 2 rows' })).toBeVisible({ timeout: 30_000 });
  await expect(alert).toHaveCount(0);
});

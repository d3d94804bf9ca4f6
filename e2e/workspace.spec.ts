import { readFile } from 'node:fs/promises';
import { expect, newWorkspace, settled, test } from './test';

test('lines leave as CSV and as Parquet', async ({ page }) => {
  await page.goto('/data');
  await settled(page);
  const panel = page.getByRole('region', { name: 'Export', exact: true });
  const save = async (name: string): Promise<Buffer> => {
    const download = page.waitForEvent('download');
    await panel.getByRole('link', { name }).click();
    return readFile(await (await download).path());
  };
  await panel.getByLabel('What to export').selectOption('stores');
  expect((await save('CSV')).toString()).toMatch(/^store,name,region,channel,format,size\r\nS/);
  await panel.getByLabel('What to export').selectOption('sales');
  const parquet = await save('Parquet');
  expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
});

test('a workspace says for how long it keeps its lines, and is deleted by who types its name', async ({
  page,
  watch,
}) => {
  // What is deleted is asked for once more, to see that it is gone.
  watch.tolerate(/404/);
  const slug = await newWorkspace(page, `Short lived ${Date.now()}`);
  await page.goto(`/settings?workspace=${slug}`);
  await settled(page);
  const retention = page.getByRole('form', { name: 'Retention' });
  await expect(retention).toContainText('lines are kept for ever');
  await retention.getByLabel('Months').fill('24');
  await expect(retention).toContainText('are deleted for good');
  const saved = page.waitForResponse((response) => response.url().includes('/workspace/retention'));
  await retention.getByRole('button', { name: 'Save' }).click();
  expect((await saved).status()).toBe(200);
  await expect(retention.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await page.reload();
  await settled(page);
  await expect(retention.getByLabel('Months')).toHaveValue('24');

  const form = page.getByRole('form', { name: 'Delete the workspace' });
  const button = form.getByRole('button', { name: 'Delete' });
  await form.getByRole('textbox').fill('something else');
  await expect(button).toBeDisabled();
  await form.getByRole('textbox').fill(slug);
  await page.screenshot({ path: 'test-results/screens/delete-workspace.png' });
  await button.click();
  await page.waitForURL(/\/overview/);
  await settled(page);
  const gone = await page.request.get(`/api/v1/workspace?workspace=${slug}`);
  expect(gone.status()).toBe(404);
});

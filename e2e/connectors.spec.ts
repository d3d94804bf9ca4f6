import { expect, settled, test } from './test';

test('a connector is added, run, told why it fails, changed and deleted', async ({ page, watch }) => {
  // The address that is refused.
  watch.tolerate(/400/);
  await page.goto('/data');
  await settled(page);
  await page.getByRole('link', { name: 'Connectors' }).click();
  await page.waitForURL(/\/data\/connectors/);
  const name = `Till ${Date.now()}`;
  await page.getByRole('button', { name: 'New connector' }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await form.getByRole('textbox', { name: 'Address' }).fill('ftp://files.example/a.csv');
  await form.getByRole('button', { name: 'Add connector' }).click();
  await expect(form.getByRole('alert')).toContainText('Address must be an address that begins with https://');
  // An address of this machine: refused by the run, whatever stands there.
  await form.getByRole('textbox', { name: 'Address' }).fill('http://10.11.12.13/sales.csv');
  await form.getByLabel('Authorization').fill('Bearer secret');
  await form.getByRole('button', { name: 'Add connector' }).click();
  const row = page.getByRole('region', { name: 'List of connectors' }).getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('Never ran');
  await row.getByRole('button', { name: 'Run now' }).click();
  await expect(row).toContainText('Failed', { timeout: 45_000 });
  await expect(row).toContainText('10.11.12.13 is no address of the public internet');
  await expect(page.getByRole('region', { name: 'List of runs' })).toContainText('Failed');

  await row.getByRole('button', { name: 'Edit' }).click();
  await expect(form.getByLabel('Authorization')).toHaveAttribute('placeholder', 'Kept as it is');
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(`${name} of Berlin`);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('of Berlin');
  await row.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(row).toHaveCount(0);
});

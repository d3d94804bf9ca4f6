import { give, isNow, load, salesByBrand } from './load';
import { expect, newWorkspace, settled, test } from './test';

test('a mapping is remembered, recalled for the next such file, renamed and forgotten', async ({ page }) => {
  test.slow();
  const slug = await newWorkspace(page, 'Templates');
  await page.goto(`/data?workspace=${slug}`);
  await give(page, 'january.csv', 'when,sku,x,what,paid\n2024-01-05,P1,Alba,2,5.00\n2024-01-06,P2,Brio,1,4.00\n');
  await page.waitForURL(/\/data\/\d+/);
  await page.getByRole('button', { name: 'Continue to columns' }).click();
  const choose = async (field: string, column: string): Promise<void> => {
    const box = page.getByRole('combobox', { name: `Column for ${field}`, exact: true });
    await box.click();
    await box.fill(column);
    await page.getByRole('option', { name: column, exact: true }).click();
    await expect(box).toHaveValue(column);
  };
  await page.getByRole('button', { name: /further fields/ }).click();
  await choose('Units', 'what');
  await choose('Brand', 'x');
  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.getByRole('button', { name: 'Publish 2 rows' }).click();
  await isNow(page, 'Published');

  // The same columns in another order and case, under another name.
  await give(page, 'february.csv', 'PAID,When,SKU,X,What\n6.00,2024-02-05,P1,Alba,3\n');
  await page.waitForURL(/\/data\/\d+/);
  await page.getByRole('button', { name: 'Continue to columns' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'january.csv' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Column for Units', exact: true })).toHaveValue('What');
  await expect(page.getByRole('combobox', { name: 'Column for Brand', exact: true })).toHaveValue('X');
  await page.screenshot({ path: 'test-results/screens/recalled.png', fullPage: true });

  await page.goto(`/data?workspace=${slug}`);
  await settled(page);
  const remembered = page.getByRole('table', { name: 'Remembered mappings' });
  await remembered.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Monthly sales');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(remembered.getByRole('row').filter({ hasText: 'Monthly sales' })).toBeVisible();
  await remembered.getByRole('button', { name: 'Forget' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
  await expect(remembered).toHaveCount(0);
});

test('a file that is nearly like an earlier one is mapped as that one was, and says which columns are new and missing', async ({
  page,
}) => {
  test.slow();
  const slug = await newWorkspace(page, 'Nearly so');
  await page.goto(`/data?workspace=${slug}`);
  const columns = { date: 'when', product: 'sku', brand: 'x', units: 'what', amount: 'paid' };
  await load(page, slug, 'january.csv', 'when,sku,x,what,paid\n2024-01-05,P1,Alba,2,5.00\n', { columns });

  await give(page, 'february.csv', 'when,sku,x,paid,till\n2024-02-05,P1,Alba,6.00,T1\n2024-02-06,P2,Brio,4.00,T2\n');
  await page.waitForURL(/\/data\/\d+/);
  await page.getByRole('button', { name: 'Continue to columns' }).click();
  const told = page.getByRole('status').filter({ hasText: 'january.csv' });
  await expect(told).toContainText('till');
  await expect(told).toContainText('what');
  const field = (name: string) => page.getByRole('combobox', { name: `Column for ${name}`, exact: true });
  // Nothing but the earlier file says what "x" is.
  await expect(field('Brand')).toHaveValue('x');
  await expect(field('Amount')).toHaveValue('paid');
  await page.screenshot({ path: 'test-results/screens/nearly.png', fullPage: true });

  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.getByRole('button', { name: 'Publish 2 rows' }).click();
  await isNow(page, 'Published');
  expect(await salesByBrand(page, slug)).toEqual({ Alba: 11, Brio: 4 });
});

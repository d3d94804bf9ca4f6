import type { Page } from '@playwright/test';
import { load, salesByBrand } from './load';
import { expect, newWorkspace, settled, test } from './test';

/** Three spellings of one brand, another brand, and a product that names its brand only in its name. */
const sales = `date,store,sku,item name,brand,units,amount
2024-03-01,S1,P1,Tea one,Alba,1,4.00
2024-03-02,S1,P1,Tea one,Alba,1,4.00
2024-03-02,S1,P2,Tea two,ALBA®,1,2.50
2024-03-03,S1,P3,Tea three,alba ,2,1.25
2024-03-03,S1,P4,Brio coffee,Brio,1,8.00
2024-03-04,S1,P5,Brio espresso strong,,1,3.00
`;

const inbox = async (page: Page, slug: string): Promise<void> => {
  await page.goto(`/data/brands?workspace=${slug}`);
  await settled(page);
};

/** The row of a table of corrections that is about this spelling or product. */
const rowOf = (page: Page, caption: string, subject: string) =>
  page
    .getByRole('table', { name: caption })
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: subject, exact: true }) });

test('brands are set right: drafted, applied as one, undone one by one', async ({ page }) => {
  test.slow();
  const slug = await newWorkspace(page, 'Brand inbox');
  await load(page, slug, 'spellings.csv', sales);
  const before = await salesByBrand(page, slug);
  expect(Object.keys(before)).toHaveLength(5);
  expect(before).toMatchObject({ Alba: 8, 'ALBA®': 2.5, alba: 1.25, Brio: 8 });

  // The spelling that sells most is proposed, and so is the brand that stands in a product's name.
  await inbox(page, slug);
  await expect(page.getByRole('combobox', { name: 'All count as' })).toHaveValue('Alba');
  await page.getByRole('button', { name: 'Put into the draft' }).click();
  await expect(rowOf(page, 'Draft', 'ALBA®')).toContainText('Alba');
  const without = page.getByRole('table', { name: 'Products without a brand' });
  await expect(without.getByRole('row').filter({ hasText: 'Brio espresso strong' })).toContainText('Brio');
  await page.screenshot({ path: 'test-results/screens/brand-inbox.png', fullPage: true });

  // What is drafted changes no number, and can be taken out again.
  expect(await salesByBrand(page, slug)).toEqual(before);
  await rowOf(page, 'Draft', 'alba').getByRole('button', { name: 'Take out' }).click();
  await expect(page.getByRole('button', { name: 'Apply 1 correction' })).toBeVisible();
  await page.getByRole('button', { name: 'Apply 1 correction' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await expect(rowOf(page, 'Applied corrections', 'ALBA®')).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => salesByBrand(page, slug), { timeout: 30_000 }).toMatchObject({ Alba: 10.5, alba: 1.25 });
  expect(await salesByBrand(page, slug)).not.toHaveProperty('ALBA®');

  // It holds for files to come.
  await load(
    page,
    slug,
    'later.csv',
    `date,store,sku,item name,brand,units,amount\n2024-04-01,S1,P2,Tea two,ALBA®,1,1.00\n`,
  );
  await expect.poll(() => salesByBrand(page, slug), { timeout: 30_000 }).toMatchObject({ Alba: 11.5 });

  await inbox(page, slug);
  await rowOf(page, 'Applied corrections', 'ALBA®').getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'Applied corrections', 'ALBA®')).toHaveCount(0, { timeout: 60_000 });
  await expect.poll(() => salesByBrand(page, slug), { timeout: 30_000 }).toEqual({ ...before, 'ALBA®': 3.5 });
});

import { check, give, isNow, load, salesByBrand } from './load';
import { expect, newWorkspace, settled, test } from './test';

const header = 'date,store,receipt,sku,brand,units,amount';
const march = `${header}
2024-03-04,S1,r1,P1,Alba,1,10.00
2024-03-05,S1,r2,P1,Alba,2,20.00
2024-03-05,S2,r3,P2,Brio,1,7.00
2024-03-06,S1,r4,P2,Brio,1,5.00
`;
/** The fourth and fifth of March of the first store, as they should have been. */
const late = `${header}
2024-03-04,S1,r1,P1,Alba,1,12.00
2024-03-05,S1,r2,P1,Alba,1,11.00
2024-03-05,S1,r5,P2,Brio,1,4.00
`;

test('a late correction is shown before it happens, replaces, and is written down as a restatement', async ({
  page,
}) => {
  test.slow();
  const slug = await newWorkspace(page, 'Late correction');
  await load(page, slug, 'march.csv', march);
  await page.goto(`/data?workspace=${slug}`);
  await give(page, 'late.csv', late);
  await page.waitForURL(/\/data\/\d+/);
  await check(page);

  const offer = page.getByRole('region', { name: 'There are lines of these stores and dates already' });
  await expect(offer).toContainText('2 lines of march.csv');
  const months = page.getByRole('table', { name: 'What goes and what comes, by month' });
  const cells = months.getByRole('row').nth(1).getByRole('cell');
  await expect(cells).toHaveText(['Mar 2024', '2', '$30.00', '3', '$27.00', '$42.00', '$39.00', '−$3.00']);
  await page.screenshot({ path: 'test-results/screens/replacement.png', fullPage: true });
  expect(await salesByBrand(page, slug)).toEqual({ Alba: 30, Brio: 12 });

  await offer.getByRole('button', { name: 'Replace them' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replace', exact: true }).click();
  await isNow(page, 'Published');
  const importPage = page.url();
  await expect.poll(() => salesByBrand(page, slug)).toEqual({ Alba: 23, Brio: 16 });

  await page.goto(`/data?workspace=${slug}`);
  await settled(page);
  // In its first paint already: what comes later would push the rest of the page down.
  const painted = await (await page.request.get(`/data?workspace=${slug}`)).text();
  for (const panel of ['Restatements', 'Quality and feeds', 'Remembered mappings'])
    expect(painted).toContain(`>${panel}<`);
  const restated = page.getByRole('table', { name: 'Restatements' }).getByRole('row').nth(1);
  for (const text of ['Mar 2024', '$42.00', '$39.00', 'late.csv replaced 2 lines of march.csv'])
    await expect(restated).toContainText(text);

  // Reverted, it gives back what it replaced; restored, it takes its place again.
  await page.goto(importPage);
  await page.getByRole('button', { name: 'Revert', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revert import' }).click();
  await isNow(page, 'Reverted');
  await expect.poll(() => salesByBrand(page, slug)).toEqual({ Alba: 30, Brio: 12 });
});

test('what was reverted is restored from its kept file', async ({ page }) => {
  test.slow();
  const slug = await newWorkspace(page, 'Revert and restore');
  const id = await load(page, slug, 'march.csv', march);
  await page.goto(`/data/${id}?workspace=${slug}`);
  await settled(page);
  await page.getByRole('button', { name: 'Revert', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revert import' }).click();
  await isNow(page, 'Reverted');
  await expect.poll(() => salesByBrand(page, slug)).toEqual({});
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore import' }).click();
  await isNow(page, 'Published');
  await expect.poll(() => salesByBrand(page, slug)).toEqual({ Alba: 30, Brio: 12 });
});

import { readFile } from 'node:fs/promises';
import { formatMetric } from '@/lib/metrics/format';
import { checkAndPublish, give } from './load';
import { expect, newWorkspace, settled, test, tileText } from './test';

const money = (value: number): string => formatMetric('value_sales', value, { currency: 'USD' });

interface Made {
  text: string;
  taken: number;
  units: number;
  amount: number;
}

/** Four weeks of a shop: six lines a day, and where asked four rows that cannot be taken. */
function salesFile(month: string, faulty: boolean): Made {
  const rows = ['Sale Date;Till;Card;Ticket;Item;Item Name;Label;Qty;Paid;Cashier'];
  let [taken, units, cents] = [0, 0, 0];
  for (let day = 1; day <= 28; day += 1) {
    for (let line = 0; line < 6; line += 1) {
      const brand = ['Alba', 'Brio', 'Cora'][line % 3] ?? '';
      const quantity = 1 + ((day + line) % 3);
      const paid = quantity * (199 + line * 50);
      const date = `${month}-${String(day).padStart(2, '0')}`;
      rows.push(
        [
          date,
          `T${line % 2}`,
          line === 5 ? '' : `C${(day + line) % 20}`,
          `${day}-${line >> 1}`,
          `P${line}`,
          `${brand} ${line}`,
        ]
          .concat([brand, String(quantity), `${Math.floor(paid / 100)},${String(paid % 100).padStart(2, '0')}`, 'Kim'])
          .join(';'),
      );
      taken += 1;
      units += quantity;
      cents += paid;
    }
  }
  if (faulty) {
    rows.push(`${month}-31;T0;C1;x-1;P0;Alba 0;Alba;1;free;Kim`);
    rows.push(`yesterday;T0;C1;x-2;P0;Alba 0;Alba;1;1,99;Kim`);
    rows.push(`${month}-02;T0;C1;x-3;P0;Alba 0;Alba;-1;-1,99;Kim`);
    rows.push(`${month}-02;T0;C1;x-4;;;;1;1,99;Kim`);
  }
  return { text: rows.join('\n'), taken, units, amount: cents / 100 };
}

test('a file is uploaded, mapped, checked and published; numbers change, and come back with a revert', async ({
  page,
  watch,
}) => {
  test.slow();
  // The second upload of the same file is refused.
  watch.tolerate(/409 \(Conflict\)/);
  const slug = await newWorkspace(page, 'Import walk');
  await page.goto(`/data?workspace=${slug}`);
  const first = salesFile('2024-01', false);
  await give(page, 'january.csv', first.text);
  await page.waitForURL(/\/data\/\d+/);
  await expect(page.getByRole('heading', { name: 'What we understood' })).toBeVisible();
  await expect(page.getByText('Semicolon')).toBeVisible();
  await page.getByRole('button', { name: 'Read it otherwise' }).click();
  const reading = page.getByRole('form', { name: 'Reading' });
  await reading.getByLabel('Header rows').fill('0');
  await reading.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByText('None: columns are numbered')).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/reading.png', fullPage: true });
  await reading.getByLabel('Header rows').fill('');
  await reading.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByText('Row 1', { exact: true })).toBeVisible();
  await checkAndPublish(page);
  await page.getByRole('link', { name: 'Open Overview' }).click();
  await page.waitForURL(/\/overview/);
  await settled(page);
  expect(await tileText(page, 'value_sales')).toContain(money(first.amount));

  const second = salesFile('2024-02', true);
  await page.goto(`/data?workspace=${slug}`);
  await give(page, 'february.csv', second.text);
  await page.waitForURL(/\/data\/\d+/);
  await page.getByRole('button', { name: 'Continue to columns' }).click();

  // What is missing is said before anything is sent; what is chosen outlives a reload.
  await page.getByRole('combobox', { name: 'Column for Date' }).click();
  await page.getByRole('combobox', { name: 'Column for Date' }).fill('Cashier');
  await page.getByRole('option', { name: 'Cashier' }).click();
  await page.reload();
  await settled(page);
  await expect(page.getByRole('combobox', { name: 'Column for Date' })).toHaveValue('Cashier');
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByText('None of the 172 rows can be taken', { exact: false })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: /^Publish / })).toHaveCount(0);
  await page.getByRole('button', { name: 'Change the mapping' }).click();
  await page.getByRole('combobox', { name: 'Column for Date' }).click();
  await page.getByRole('combobox', { name: 'Column for Date' }).fill('Sale Date');
  await page.getByRole('option', { name: 'Sale Date' }).click();
  await page
    .getByRole('button', { name: /^Check/ })
    .last()
    .click();

  // The dry run: every row is accounted for.
  await expect(page.getByTestId('rows-accepted')).toHaveText(String(second.taken), { timeout: 30_000 });
  await expect(page.getByTestId('rows-in')).toHaveText(String(second.taken + 4));
  await expect(page.getByTestId('rows-rejected')).toHaveText('4');
  await expect(page.getByTestId('total-units')).toHaveText(String(second.units));
  await expect(page.getByTestId('total-amount')).toHaveText(money(second.amount));
  const problems = page.getByRole('region', { name: 'Rows with a problem', exact: true }).first();
  await expect(problems.getByRole('row').filter({ hasText: 'x-2' })).toContainText('yesterday');

  // A cell is set right in place, and taken back.
  await problems.getByRole('button', { name: /^Sale Date, row \d+: yesterday$/ }).click();
  await page.getByLabel('It should say').fill('2024-02-30');
  await expect(page.getByLabel('It should say')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('It should say').fill('2024-02-05');
  await expect(page.getByText('The row can be taken so')).toBeVisible();
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Publish / })).toBeDisabled();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByTestId('rows-rejected')).toHaveText('3', { timeout: 30_000 });
  await page.getByRole('button', { name: /^Take back Sale Date/ }).click();
  await expect(page.getByTestId('rows-rejected')).toHaveText('4', { timeout: 30_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  for (const wrong of ['free', 'yesterday', 'x-3', 'x-4']) expect(csv).toContain(wrong);

  await page.getByRole('button', { name: `Publish ${second.taken} rows` }).click();
  await expect(page.getByRole('heading', { name: 'Published', exact: true })).toBeVisible({ timeout: 60_000 });
  const importPage = page.url();
  await page.getByRole('link', { name: 'Open Overview' }).click();
  await page.waitForURL(/\/overview/);
  await settled(page);
  expect(await tileText(page, 'value_sales')).toContain(money(first.amount + second.amount));

  // The same bytes again are refused with the name of the first import.
  await page.goto(`/data?workspace=${slug}`);
  await give(page, 'copy.csv', second.text);
  await expect(page.getByRole('alert').filter({ hasText: 'february.csv' })).toBeVisible();

  await page.goto(importPage);
  await page.getByRole('button', { name: 'Revert', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(`${second.taken} lines`);
  await dialog.getByRole('button', { name: 'Revert import' }).click();
  await expect(page.getByRole('heading', { name: 'Reverted', exact: true })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Open Overview' }).click();
  await page.waitForURL(/\/overview/);
  await settled(page);
  expect(await tileText(page, 'value_sales')).toContain(money(first.amount));

  await page.goto(`/data?workspace=${slug}`);
  await settled(page);
  await expect(page.getByTestId('lines')).toHaveText(String(first.taken));
  const row = page
    .getByRole('region', { name: 'List of imports' })
    .getByRole('row')
    .filter({ hasText: 'february.csv' });
  await expect(row).toContainText('Reverted');
});

test('each part of the reading can be said otherwise, and the preview follows', async ({ page }) => {
  const slug = await newWorkspace(page, 'Import reading');
  await page.goto(`/data?workspace=${slug}`);
  const rows = [
    '2024-01-01;"say \\"hi\\"";1,50|',
    '2024-01-02;Oat;2,50|',
    '2024-01-03;Rye;3,50|',
    '2024-01-04;Malt;4,50|',
  ];
  await give(page, 'said.csv', ['day;label;paid|', ...rows].join('\n') + '\n');
  await page.waitForURL(/\/data\/\d+/);
  const preview = page.getByRole('table', { name: 'First rows of the file' });
  const cell = (text: string) => preview.getByRole('cell', { name: text, exact: true });
  await expect(cell('say "hi"')).toBeVisible();
  await expect(cell('1,50')).toBeVisible();
  await page.getByRole('button', { name: 'Read it otherwise' }).click();
  const reading = page.getByRole('form', { name: 'Reading' });
  const field = (name: string) => reading.getByLabel(name, { exact: true }).first();
  const again = () => reading.getByRole('button', { name: 'Read again' }).click();
  const choose = async (name: string, option: string) => {
    await field(name).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  await choose('Quotes inside of values', 'Doubled');
  await choose('Rows end with', 'Line breaks');
  await reading.getByLabel('Table ends in row').fill('3');
  await again();
  await expect(cell('2,50|')).toBeVisible();
  // A quote that is not doubled is a fault now, and its row none of those that could be taken.
  await expect(cell('1,50|')).toHaveCount(0);
  await expect(page.getByText('behind backslashes')).toHaveCount(0);
  await expect(cell('Oat')).toBeVisible();
  await expect(cell('Rye')).toHaveCount(0);

  await field('Delimiter').fill(',5');
  await page.getByRole('option', { name: ',5', exact: true }).click();
  await again();
  await expect(preview.getByRole('columnheader')).toHaveCount(2);
  // What is not said is detected again.
  await page.reload();
  await page.getByRole('button', { name: 'Read it otherwise' }).click();
  await again();
  await expect(cell('say "hi"')).toBeVisible();
  await expect(cell('4,50')).toBeVisible();
  await expect(page.getByText('behind backslashes')).toBeVisible();
});

test('what a file lacks is said beside its field before anything is sent', async ({ page }) => {
  const slug = await newWorkspace(page, 'Import faults');
  await page.goto(`/data?workspace=${slug}`);
  await give(page, 'odd.csv', 'alpha,beta\n1,2\n3,4\n');
  await page.waitForURL(/\/data\/\d+/);
  await page.getByRole('button', { name: 'Continue to columns' }).click();
  await page.getByText('Transactions', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'the column with the date' })).toBeVisible();
  await expect(page).toHaveURL(/step=columns/);
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard import' }).click();
  await expect(page.getByRole('heading', { name: 'Discarded', exact: true })).toBeVisible();
});

test('what is no file of rows is refused with a sentence', async ({ page, watch }) => {
  watch.tolerate(/422|413/);
  const slug = await newWorkspace(page, 'Import refusals');
  await page.goto(`/data?workspace=${slug}`);
  await give(page, 'empty.csv', '');
  await expect(page.getByRole('alert').filter({ hasText: /empty/i })).toBeVisible();
  await expect(page.getByText('No file was loaded yet')).toBeVisible();
});

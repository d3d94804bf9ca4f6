import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, settled, test } from './test';

// From a number to what it counts, and from a point of a chart to its number: by mouse, by finger, by keys.

const wholeOf = (text: string | null): number => Number((text ?? '').replaceAll(',', ''));

async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

test('lapsed buyers open their list, as long as the number, on the page and as CSV', async ({ page }) => {
  await page.goto('/analyses/buyer_flow');
  await settled(page);
  expect(await seriousFaults(page)).toEqual([]);
  // The first month of the table under the chart.
  const cell = page.getByRole('row').nth(1).getByRole('link').last();
  const lapsed = wholeOf(await cell.textContent());
  expect(lapsed).toBeGreaterThan(0);
  await cell.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shoppers' })).toBeVisible();
  await settled(page);
  await expect(page.getByRole('heading', { level: 2 })).toContainText('New, retained and lapsed buyers');
  await expect(page.getByRole('heading', { level: 2 })).toContainText('Lapsed');
  await expect(page.getByText(new RegExp(`^${lapsed.toLocaleString('en-US')} shoppers?, the largest`))).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(1 + Math.min(lapsed, 50));
  expect(await seriousFaults(page)).toEqual([]);
  const file = await page.getByRole('link', { name: 'All as CSV' }).getAttribute('href');
  const lines = (await (await page.request.get(file ?? '')).text()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + lapsed);
});

test.describe('a point of a chart', () => {
  const chart = (page: Page) => page.getByRole('slider', { name: /^Value sales by/ });
  const opened = (page: Page) => page.getByRole('dialog', { name: 'Value sales' });

  test('opens by keys, and says what it is before', async ({ page }) => {
    await page.goto('/overview');
    await settled(page);
    await chart(page).focus();
    const newest = await chart(page).getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowLeft');
    await expect(chart(page)).not.toHaveAttribute('aria-valuetext', newest ?? '');
    const value = (await chart(page).getAttribute('aria-valuetext'))?.split(': ').at(-1) ?? '';
    expect(value).toMatch(/\d/);
    await page.keyboard.press('Enter');
    await expect(opened(page)).toContainText(value);
  });

  for (const hasTouch of [false, true]) {
    test.describe(hasTouch ? 'on a phone' : 'on a narrow window', () => {
      test.use({ viewport: { width: 390, height: 844 }, hasTouch, isMobile: hasTouch });
      test(`opens by ${hasTouch ? 'finger' : 'mouse'}`, async ({ page }) => {
        await page.goto('/overview');
        await settled(page);
        await chart(page).scrollIntoViewIfNeeded();
        const box = await chart(page).boundingBox();
        if (!box) throw new Error('The chart has no place on the page.');
        const [x, y] = [box.x + box.width * 0.6, box.y + box.height * 0.6];
        await (hasTouch ? page.touchscreen.tap(x, y) : page.mouse.click(x, y));
        await expect(opened(page)).toContainText('From ');
      });
    });
  }
});

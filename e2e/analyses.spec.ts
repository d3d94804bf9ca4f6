import AxeBuilder from '@axe-core/playwright';
import { analysisIds, analysisOf } from '@/lib/metrics/analyses';
import { expect, settled, test } from './test';

// A phone is where a page of tables breaks first.
test.use({ viewport: { width: 390, height: 844 } });

for (const id of ['loyalty', 'duplication', 'buyer_flow'] as const) {
  test(`${id} shows its numbers, and fits a phone`, async ({ page, request }) => {
    const { label, question } = analysisOf(id);
    const sent = await (await page.goto(`/analyses/${id}`))?.text();
    await settled(page);
    await expect(page.getByRole('heading', { level: 1, name: label })).toBeVisible();
    await expect(page.getByText(question)).toBeVisible();
    await expect(page.locator('[data-state]').first()).toHaveAttribute('data-state', 'ready');
    // The first paint holds numbers: the table's name comes of the answer alone.
    const title = await page.locator('section h2').first().textContent();
    expect(sent).toContain(`>${title}<`);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual(
      [],
    );
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, 'pixels that the page is too wide').toBeLessThanOrEqual(0);
    expect((await request.get(`/analyses/${id}-not`)).status()).toBe(404);
  });
}

test('every analysis is reached from the list, with the slice', async ({ page }) => {
  await page.goto('/analyses?region=1');
  await settled(page);
  for (const id of analysisIds) {
    const href = await page.getByRole('main').locator(`a[href*="/analyses/${id}?"]`).first().getAttribute('href');
    expect(href).toContain('region=1');
  }
});

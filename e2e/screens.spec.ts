import AxeBuilder from '@axe-core/playwright';
import { readLines } from './lines';
import { nobody } from './session';
import { expect, settled, test } from './test';

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const screens: { name: string; path: string; signedOut?: boolean; missing?: boolean }[] = [
  { name: 'overview', path: '/overview' },
  { name: 'brands', path: '/brands' },
  { name: 'brand', path: '/brands/{brand}' },
  { name: 'data', path: '/data' },
  { name: 'connectors', path: '/data/connectors' },
  { name: 'settings', path: '/settings' },
  { name: 'audit', path: '/settings/audit' },
  { name: 'glossary', path: '/glossary' },
  { name: 'api', path: '/api-reference' },
  { name: 'not-found', path: '/nowhere', missing: true },
  { name: 'sign-in', path: '/sign-in', signedOut: true },
];

/** A brand that most screens of a brand have something to show for. */
async function largestBrand(): Promise<number> {
  const [top] = await readLines<{ id: number }>(`
    SELECT product.brand_id AS id FROM sale_line line
    JOIN workspace ON workspace.id = line.workspace_id AND workspace.slug = 'demo'
    JOIN product ON product.workspace_id = line.workspace_id AND product.id = line.product_id
    GROUP BY 1 ORDER BY sum(line.amount) DESC LIMIT 1`);
  return top?.id ?? 0;
}

for (const { name, path, signedOut, missing } of screens) {
  test.describe(name, () => {
    if (signedOut) test.use({ storageState: nobody });
    test('reads well on a desk and a phone, light and dark', async ({ page, watch }) => {
      // Four looks of one page.
      test.setTimeout(300_000);
      if (missing) watch.tolerate(/404/);
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(path.includes('{brand}') ? path.replace('{brand}', String(await largestBrand())) : path);
      await settled(page);
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        await settled(page);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
          await page.screenshot({ path: `test-results/screens/${name}-${size}-${colorScheme}.png`, fullPage: true });
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          expect(
            serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
            `${size}, ${colorScheme}`,
          ).toEqual([]);
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wide, `pixels that the page is too wide on a ${size}`).toBeLessThanOrEqual(0);
      }
    });
  });
}

import { expect, test as base, type Page } from '@playwright/test';

interface Watch {
  /** Names faults that the test brings about itself. */
  tolerate: (fault: RegExp) => void;
}

/** A test that fails when a page of it writes an error to the console, throws, or is stopped by its content policy. */
export const test = base.extend<{ watch: Watch; page: Page }>({
  watch: [
    async ({ page }, use, info) => {
      const faults: string[] = [];
      const tolerated: RegExp[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(`${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => faults.push(String(error)));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
          console.error(`stopped by the content policy: ${violatedDirective} ${blockedURI}`);
        });
      });
      await use({ tolerate: (fault) => tolerated.push(fault) });
      if (info.status !== info.expectedStatus) return;
      expect(
        faults.filter((fault) => !tolerated.some((pattern) => pattern.test(fault))),
        'faults in the console',
      ).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Whether the page's own code has taken over what the server sent, and drawn the charts that only it can draw. */
const awake = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const taken = (node: Element) => Object.keys(node).some((key) => key.startsWith('__reactProps'));
    const drawn = (node: Element) => node.querySelector('svg.recharts-surface') !== null;
    return (
      [...document.querySelectorAll('button, a, input')].every(taken) &&
      [...document.querySelectorAll('.recharts-responsive-container')].every(drawn)
    );
  });

/** The numbers are there, nothing waits any more, and what is pressed now is heard. */
export async function settled(page: Page): Promise<void> {
  await expect.poll(() => awake(page), { timeout: 30_000, message: 'the page is awake' }).toBe(true);
  await expect(page.locator('[aria-busy="true"], [data-state="pending"]')).toHaveCount(0, { timeout: 30_000 });
}

/** The tile of a metric on the Overview. */
export const tile = (page: Page, metric: string) => page.locator(`button[data-metric="${metric}"]`);

/** What the tile says in full: "Value sales: €12,345.67. Explain". */
export async function tileText(page: Page, metric: string): Promise<string> {
  return (await tile(page, metric).getAttribute('aria-label')) ?? '';
}

/** A workspace of its own, so that no other test sees its numbers. */
export async function newWorkspace(page: Page, name: string): Promise<string> {
  const response = await page.request.post('/api/v1/workspaces', { data: { name } });
  expect(response.ok(), await response.text()).toBe(true);
  return ((await response.json()) as { slug: string }).slug;
}

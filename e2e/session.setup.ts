import { expect, settled, test as setup } from './test';
import { person, sessionFile } from './session';

setup('a wrong password is told, the right one opens the overview', async ({ page, watch }) => {
  watch.tolerate(/401/);
  await page.goto('/sign-in');
  await settled(page);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByRole('textbox', { name: 'Password' }).fill('not-the-password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'do not go together' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/overview/);
  await page.context().storageState({ path: sessionFile });
});

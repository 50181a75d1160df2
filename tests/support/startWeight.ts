import type { Page } from '@playwright/test';

/**
 * Kilobytes of scripts, as compressed on the wire and with what HTTP says about each, that the admin loads before a person
 * who is signed in sees their queue. Nothing comes from the cache of the browser.
 */
export async function startWeight(page: Page, url: string): Promise<number> {
  await page.goto('about:blank');
  const session = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  session.on(
    'Network.loadingFinished',
    ({ requestId, encodedDataLength }) => (bytes += scripts.has(requestId) ? encodedDataLength : 0),
  );
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  return bytes / 1024;
}

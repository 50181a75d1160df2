// How a screen looks to people: what axe holds against it, and whether it fits.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { button, type Tab } from './browser.ts';

/** Says all that is wrong with a screen, not only the first. */
export const soft = expect.configure({ soft: true });

/**
 * Looks at a screen as people have it: in light and dark, on a phone, and from right to left. Leaves it wide, dark and in Arabic.
 * @param shows what is there when all of it has come
 * @param without elements just like others of the screen, for axe takes half a minute to see thousands
 */
export async function lookAround(tab: Tab, shows: Locator, without?: string): Promise<void> {
  const { page } = tab;
  const seen = without === undefined ? {} : { without };
  await expect(shows).toBeVisible();
  await expect(button(tab, 'Dark mode')).toBeVisible();
  await soft.poll(() => obstacles(page, seen), 'axe, light').toEqual([]);

  await wear(page, 'dark');
  const contrast = { ...seen, rules: ['color-contrast'] };
  await soft.poll(() => obstacles(page, contrast), 'axe, dark').toEqual([]);

  await page.setViewportSize({ width: 360, height: 740 });
  await expect(shows).toBeVisible();
  await soft.poll(() => overhang(page), 'on a phone').toBe(0);

  await speak(tab, 'Language', 'العربية', 'rtl');
  await soft.poll(() => overhang(page), 'on a phone, right to left').toBe(0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await soft.poll(() => overhang(page), 'right to left').toBe(0);
}

/** Back to English and light, for a journey that goes on after a look. */
export async function lookAway(tab: Tab): Promise<void> {
  await speak(tab, 'اللغة', 'English', 'ltr');
  await wear(tab.page, 'light');
}

async function speak({ page }: Tab, menu: string, language: string, direction: 'ltr' | 'rtl'): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitemradio', { name: language }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', direction);
  await expect(page.getByRole('menu')).toBeHidden();
}

/** Lets the admin follow the colours of the system, and waits until it has: its switch then offers the other ones. */
export async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // Behind an open dialog it is there, though nobody can reach it.
  const other = { name: colorScheme === 'light' ? 'Dark mode' : 'Light mode', exact: true, includeHidden: true };
  await expect(page.getByRole('button', other)).toBeAttached();
}

/** Describing every element that is in order takes as long as looking. */
const FAULTS_ALONE = { resultTypes: ['violations' as const] };

/**
 * What axe holds to be serious or critical, one line for each element. To be polled: parts of a page may take the other
 * colours a moment after it.
 * @param look.rules only these; on a screen that was looked at before, dark colours change nothing but contrast
 * @param look.without elements just like others that are looked at, where there are thousands
 */
export async function obstacles(page: Page, look: { rules?: string[]; without?: string } = {}): Promise<string[]> {
  const { rules, without } = look;
  // Half-way between light and dark nothing has the contrast of either.
  await page.evaluate(
    'Promise.all(document.getAnimations().filter((a) => a instanceof CSSTransition).map((a) => a.finished.catch(() => 0)))',
  );
  // The product has no frames, so the mode that opens no second page sees all of it.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options(FAULTS_ALONE);
  const chosen = rules ? axe.withRules(rules) : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  const { violations } = await (without === undefined ? chosen : chosen.exclude(without)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, html, failureSummary }) => `${id}: ${target.join(' ')}: ${html.slice(0, 160)}: ${failureSummary}`,
      ),
    );
}

/**
 * By how many pixels the page is wider than the window, so that one has to scroll sideways. To be polled: a page that was
 * resized takes a moment to choose its other layout.
 */
export function overhang(page: Page): Promise<number> {
  return page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
}

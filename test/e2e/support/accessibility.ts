import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const SERIOUS = new Set(['serious', 'critical']);

/** Holds when axe finds nothing serious or critical on what the window shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  // Electron cannot open the second page that axe otherwise finishes in.
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const findings = violations
    .filter(({ impact }) => SERIOUS.has(impact ?? ''))
    .map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html) }));
  expect(passes.length).toBeGreaterThan(10);
  expect(findings).toEqual([]);
}

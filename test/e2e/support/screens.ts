import { expect, type Page } from '@playwright/test';
import { goTo, PASSPHRASE, rowOf } from './workspace';

/** A screen and the way to it. */
export interface Screen {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
}

/** Screens before any workspace is there. */
export const ENTRANCE: readonly Screen[] = [
  { name: 'first-run', open: (page) => toRoute(page, '/', 'Know what moved') },
  {
    name: 'create',
    open: async (page) => {
      await toRoute(page, '/create', 'Create workspace');
      await page.getByLabel(/^Passphrase(?! again)/).fill(PASSPHRASE);
      await expect(page.getByText(/strong$/i)).toBeVisible();
    },
  },
  { name: 'verify-outside', open: (page) => toRoute(page, '/verify', 'Verify a package') },
];

/** Screens of a workspace that holds nothing yet. */
export const EMPTY: readonly Screen[] = [
  { name: 'empty-overview', open: (page) => toPlace(page, 'Overview') },
  { name: 'empty-models', open: (page) => toPlace(page, 'Models') },
  { name: 'empty-monitoring', open: (page) => toPlace(page, 'Monitoring') },
  { name: 'empty-data-flows', open: (page) => toPlace(page, 'Data flows') },
  { name: 'empty-alerts', open: (page) => toPlace(page, 'Alerts') },
  { name: 'empty-incidents', open: (page) => toPlace(page, 'Incidents') },
];

/** Screens of the sample workspace. */
export const SAMPLE: readonly Screen[] = [
  { name: 'overview', open: (page) => toPlace(page, 'Overview') },
  { name: 'models', open: (page) => toPlace(page, 'Models') },
  { name: 'model-versions', open: (page) => toModelTab(page, /^Versions/) },
  { name: 'model-monitoring', open: (page) => toModelTab(page, 'Monitoring') },
  { name: 'model-performance', open: (page) => toModelTab(page, 'Performance') },
  { name: 'model-alerts', open: (page) => toModelTab(page, /^Alerts/) },
  {
    name: 'register-version',
    open: async (page) => {
      await toModelTab(page, /^Versions/);
      await page.getByRole('button', { name: 'Register version' }).click();
      await expect(page.getByRole('heading', { name: 'Register version 4' })).toBeVisible();
    },
  },
  { name: 'version', open: toVersion },
  { name: 'card', open: toCard },
  { name: 'monitoring', open: (page) => toPlace(page, 'Monitoring') },
  { name: 'report', open: toReport },
  { name: 'feature-number', open: (page) => toFeature(page, 'previous') },
  { name: 'feature-category', open: (page) => toFeature(page, 'month') },
  { name: 'performance', open: (page) => toMonitoringTab(page, 'Performance') },
  { name: 'model-lifecycle', open: (page) => toModelTab(page, 'Lifecycle') },
  { name: 'model-canary', open: (page) => toModelTab(page, 'Canary') },
  { name: 'canaries', open: (page) => toPlace(page, 'Canaries') },
  { name: 'canary-held', open: (page) => toCanary(page, /Hold/) },
  { name: 'canary-rolled-back', open: (page) => toCanary(page, /Roll back/) },
  { name: 'canary-promoted', open: (page) => toCanary(page, /Promote/) },
  { name: 'incidents', open: (page) => toPlace(page, 'Incidents') },
  { name: 'incident', open: toIncident },
  { name: 'alerts', open: (page) => toPlace(page, 'Alerts') },
  { name: 'audit', open: (page) => toPlace(page, 'Audit') },
  { name: 'verify', open: (page) => toPlace(page, 'Verify package', 'Verify a package') },
  { name: 'settings', open: (page) => toPlace(page, 'Settings') },
  { name: 'settings-people', open: (page) => toSettingsTab(page, 'People') },
  { name: 'settings-roles', open: (page) => toSettingsTab(page, 'Roles') },
  { name: 'settings-access', open: (page) => toSettingsTab(page, 'My access') },
  { name: 'settings-recovery', open: (page) => toSettingsTab(page, 'Recovery & backup') },
  { name: 'settings-watched-folder', open: (page) => toSettingsTab(page, 'Watched folder') },
  { name: 'settings-check', open: (page) => toSettingsTab(page, 'Check') },
];

async function toRoute(page: Page, route: string, heading: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, route);
  await settle(page, heading);
}

async function toPlace(page: Page, place: string, heading = place): Promise<void> {
  await goTo(page, place);
  await settle(page, heading);
}

async function toSettingsTab(page: Page, tab: string): Promise<void> {
  await toPlace(page, 'Settings');
  await page.getByRole('tab', { name: tab, exact: true }).click();
  await settle(page, 'Settings');
}

async function toModel(page: Page): Promise<void> {
  await goTo(page, 'Models');
  await page.getByRole('row', { name: /Term deposit subscription/ }).click();
  await settle(page, 'Term deposit subscription');
}

async function toModelTab(page: Page, tab: string | RegExp): Promise<void> {
  await toModel(page);
  await page.getByRole('tab', { name: tab }).click();
  await settle(page, 'Term deposit subscription');
}

async function toCard(page: Page): Promise<void> {
  await toVersion(page);
  await page.getByRole('region', { name: 'Model card' }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Model card');
}

async function toVersion(page: Page): Promise<void> {
  await toModelTab(page, /^Versions/);
  await page.getByRole('row', { name: /^v2 / }).click();
  await settle(page, 'version 2');
}

async function toMonitoringTab(page: Page, tab: string): Promise<void> {
  await toPlace(page, 'Monitoring');
  await page.getByRole('tab', { name: tab }).click();
  await settle(page, 'Monitoring');
}

async function toCanary(page: Page, verdict: RegExp): Promise<void> {
  await toPlace(page, 'Canaries');
  await page.getByRole('row', { name: verdict }).getByRole('link').first().click();
  await settle(page, 'against 1');
}

async function toIncident(page: Page): Promise<void> {
  await toPlace(page, 'Incidents');
  await rowOf(page, 'Incidents', /Version 2 ranks clients worse than chance/).click();
  await settle(page, 'Version 2 ranks clients worse than chance');
}

async function toReport(page: Page): Promise<void> {
  await goTo(page, 'Monitoring');
  await rowOf(page, 'Live batches', /Window 6/).click();
  await settle(page, 'Window 6');
}

async function toFeature(page: Page, name: string): Promise<void> {
  await toReport(page);
  await page.getByRole('row', { name: new RegExp(`^${name} `) }).click();
  await settle(page, name);
}

/** The screen is there, its records have come, and no pointer rests on it. */
async function settle(page: Page, heading: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
  await expect(page.getByText('Reading records')).toBeHidden();
  await page.mouse.move(0, 0);
}

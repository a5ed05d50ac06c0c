import { expect, test } from './support/fixtures';
import { goTo, rowOf } from './support/workspace';

test.describe('the sample workspace', () => {
  test('opens with the finding in one sentence', async ({ sample }) => {
    const page = sample.page();
    await goTo(page, 'Overview');
    const main = page.getByRole('main');
    await expect(main).toContainText('1 model, 1 open alert.');
    await expect(main).toContainText('14 of 16 features moved; month moved most');
    await expect(page.getByText('Sample: public passphrase')).toBeVisible();
    await expect(
      page.getByRole('link', { name: /^Verified \d+ events: audit chain$/ }),
    ).toBeVisible();
  });

  test('ranks the features of a batch and says how it was computed', async ({ sample }) => {
    const page = sample.page();
    await goTo(page, 'Monitoring');
    await rowOf(page, 'Live batches', /Window 6/).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Window 6/);
    const features = page.getByRole('grid', { name: /^Features of Window 6/ });
    await expect(features.getByRole('row')).toHaveCount(17);
    const previous = features.getByRole('row', { name: /^previous / });
    await expect(previous).toContainText('Drifted');
    await expect(previous).toContainText('0.560');
    await expect(previous).toContainText('< 1e-300');
    await expect(previous).toContainText('15,000 / 5,000');
    await expect(previous.getByRole('img')).toBeVisible();
    await expect(features.getByRole('row', { name: /^age / })).toContainText('0.195');
    await expect(features.getByRole('row', { name: /^balance / })).toContainText('0.209');
    const method = page.getByRole('region', { name: 'How this was computed' });
    await expect(method).toContainText('bank-live-06.csv, 5,000 rows');
    await expect(method).toContainText('Benjamini-Hochberg');
  });

  test('shows only the features that are asked for', async ({ sample }) => {
    const page = sample.page();
    await goTo(page, 'Monitoring');
    await rowOf(page, 'Live batches', /Window 6/).click();
    const features = page.getByRole('grid', { name: /^Features of Window 6/ });
    await page.getByText('Stable (2)').click();
    await expect(features.getByRole('row')).toHaveCount(3);
    await page.getByLabel('Search features').fill('def');
    await expect(features.getByRole('row', { name: /^default / })).toContainText('0.097');
    await expect(features.getByRole('row')).toHaveCount(2);
  });

  test('marks the gap between the distributions of a number', async ({ sample }) => {
    const page = sample.page();
    await goTo(page, 'Monitoring');
    await rowOf(page, 'Live batches', /Window 6/).click();
    await page.getByRole('row', { name: /^previous / }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('previous');
    const ecdf = page.getByRole('figure', { name: 'Cumulative distribution' });
    await expect(ecdf).toContainText('D = 0.560');
    await expect(page.getByRole('figure', { name: 'Distribution', exact: true })).toBeVisible();
    const quantiles = page.getByRole('table', { name: /^Quantiles/ });
    await expect(quantiles.getByRole('row', { name: /^Median/ })).toContainText('+1');
    const statistics = page.getByRole('table', { name: 'Statistics of previous' });
    await expect(statistics.getByRole('row', { name: /^Critical D/ })).toContainText('0.022');
  });

  test('sets the categories of both sides against each other', async ({ sample }) => {
    const page = sample.page();
    await goTo(page, 'Monitoring');
    await rowOf(page, 'Live batches', /Window 6/).click();
    await page.getByRole('row', { name: /^month / }).click();
    await expect(page.getByRole('figure', { name: 'Categories' })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('New in the live batch (9)');
    const statistics = page.getByRole('table', { name: 'Statistics of month' });
    await expect(statistics.getByRole('row', { name: /^Cramér/ })).toContainText('0.853');
  });

  test('shows every feature over every batch, and opens what is chosen', async ({ sample }) => {
    const page = sample.page();
    await goTo(page, 'Monitoring');
    const strip = page.getByRole('grid', { name: 'Drift by feature and batch' });
    await expect(strip.getByRole('gridcell')).toHaveCount(18 * 6);
    const cell = strip.getByRole('gridcell', { name: /^previous, Window 6.*: drifted, D 0\.560/ });
    await cell.focus();
    await expect(page.getByText(/^previous in Window 6.*threshold 0\.1/)).toBeVisible();
    const lines = page.getByRole('figure', { name: 'previous over the batches' });
    await expect(lines).toContainText('Threshold');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('previous');
  });

  test('is reached by the keyboard alone', async ({ sample }) => {
    const page = sample.page();
    await goTo(page, 'Overview');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Models');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Page, model or action' }).fill('term deposit');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Term deposit subscription');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test('shows the signed snapshot of the version', async ({ sample }) => {
    const page = sample.page();
    await goTo(page, 'Models');
    await page.getByRole('row', { name: /Term deposit subscription/ }).click();
    // The page of a model comes back with the tab that was looked at last, by whichever test.
    await page.getByRole('tab', { name: /^Versions/ }).click();
    await page.getByRole('row', { name: /^v2 / }).click();
    const main = page.getByRole('main');
    await expect(main).toContainText('Frozen and signed by Sam Sample');
    await expect(main).toContainText('logistic regression');
    await expect(main).toContainText('bank-reference.csv');
    await expect(main).toContainText('Ed25519');
  });
});

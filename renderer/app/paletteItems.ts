import type { Model } from '../../shared/registry/model';
import { PLACE_GROUPS, type Place } from './places';
import { SETTINGS_TABS } from './settingsTabs';

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  readonly kind: 'Page' | 'Model' | 'Action';
  readonly run: () => void;
}

/** What the palette's actions need from the window. */
export interface PaletteTools {
  readonly navigate: (path: string) => void;
  readonly lock: () => void;
  readonly toggleTheme: () => void;
  readonly showShortcuts: () => void;
  readonly exportPackage: () => void;
  readonly verifyChain: () => void;
  readonly openCards: (modelId: string) => void;
}

/** Everything that the palette reaches: pages, actions, models. */
export function paletteItems(
  models: readonly Pick<Model, 'id' | 'name'>[],
  tools: PaletteTools,
): readonly PaletteItem[] {
  const { navigate } = tools;
  const page = ({ path, label }: Pick<Place, 'path' | 'label'>): PaletteItem => ({
    id: `page ${path}`,
    label,
    kind: 'Page',
    run: () => navigate(path),
  });
  const pages = PLACE_GROUPS.flatMap(({ places }) => places).map(page);
  // The first tab is what the page Settings itself opens.
  const tabs = SETTINGS_TABS.slice(1).map(({ path, label }) =>
    page({ path, label: `Settings: ${label}` }),
  );
  const action = (label: string, run: () => void): PaletteItem => ({
    id: `action ${label}`,
    label,
    kind: 'Action',
    run,
  });
  return [
    ...pages,
    ...tabs,
    action('Export an audit package', tools.exportPackage),
    action('Verify the chain of events', tools.verifyChain),
    action('Lock the workspace', tools.lock),
    action('Switch between light and dark', tools.toggleTheme),
    action('Show keyboard shortcuts', tools.showShortcuts),
    ...models.map(({ id, name }): PaletteItem => ({
      id: `model ${id}`,
      label: name,
      kind: 'Model',
      run: () => navigate(`/models/${id}`),
    })),
    ...models.map(({ id, name }) => action(`Model cards of ${name}`, () => tools.openCards(id))),
  ];
}

function wordsOf(typed: string): readonly string[] {
  return typed.toLowerCase().split(/\s+/).filter(Boolean);
}

/** The typed word that narrows most; empty when none was typed. */
export function longestWord(typed: string): string {
  return wordsOf(typed).toSorted((a, b) => b.length - a.length)[0] ?? '';
}

/** More than this cannot be looked through; typing narrows it. */
const MAX_SHOWN = 50;

/** The items that hold every typed word, those that begin with the text first. */
export function matchItems(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  const text = typed.trim().toLowerCase();
  const words = wordsOf(typed);
  const rank = (label: string): number => (label.toLowerCase().startsWith(text) ? 0 : 1);
  return items
    .filter(({ label, kind }) => {
      const searched = `${label} ${kind}`.toLowerCase();
      return words.every((word) => searched.includes(word));
    })
    .toSorted((a, b) => rank(a.label) - rank(b.label))
    .slice(0, MAX_SHOWN);
}

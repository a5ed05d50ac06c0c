import { describe, expect, it } from 'vitest';
import { featureNameOf } from '../../renderer/app/featureName';
import { idleState } from '../../renderer/app/idleClock';
import {
  longestWord,
  matchItems,
  paletteItems,
  type PaletteTools,
} from '../../renderer/app/paletteItems';
import { PLACE_GROUPS, placeOf } from '../../renderer/app/places';
import { GO_KEYS, SHORTCUTS } from '../../renderer/app/shortcuts';
import { markupFreeText } from '../../renderer/app/trustedTypes';
import { guessesSentence, strengthWords } from '../../renderer/vault/passphraseWords';

describe('featureNameOf', () => {
  it.each(['age', '100%', 'a/b', 'a%2Fb', 'é #?&', '../..'])(
    'survives the address for %s',
    (name) => {
      expect(featureNameOf(`/reports/r1/features/${encodeURIComponent(name)}`)).toBe(name);
    },
  );

  it('answers null where there is no name or no valid encoding', () => {
    expect(
      ['/reports/r1', '/reports/r1/features/', '/reports/r1/features/%E0'].map(featureNameOf),
    ).toEqual([null, null, null]);
  });
});

describe('idleState', () => {
  it('warns in the last minute and is over at the end', () => {
    expect(
      [0, 539_999, 540_000, 590_001, 600_000].map((idleMs) => idleState(idleMs, 600_000)),
    ).toEqual([
      { name: 'active' },
      { name: 'active' },
      { name: 'warning', secondsLeft: 60 },
      { name: 'warning', secondsLeft: 10 },
      { name: 'over' },
    ]);
  });

  it('gives a short wait half of its length without a warning', () => {
    expect([idleState(4999, 10_000), idleState(5000, 10_000)].map(({ name }) => name)).toEqual([
      'active',
      'warning',
    ]);
  });
});

describe('places', () => {
  it('marks the place that a path belongs to', () => {
    const marked = ['/', '/models/x/versions/y', '/reports/r', '/modelsx', '/nowhere'].map(
      (path) => placeOf(path)?.label ?? null,
    );
    expect(marked).toEqual(['Overview', 'Models', 'Monitoring', null, null]);
  });

  it('reaches every place by a shortcut that the list of shortcuts names', () => {
    const paths = PLACE_GROUPS.flatMap(({ places }) => places.map(({ path }) => path));
    expect(Object.values(GO_KEYS).toSorted()).toEqual(paths.toSorted());
    const listed = SHORTCUTS.filter(({ keys }) => keys[0] === 'g').map(({ keys }) => keys[1]);
    expect(listed).toEqual(Object.keys(GO_KEYS));
  });
});

describe('the palette', () => {
  const done: string[] = [];
  const tools: PaletteTools = {
    navigate: (path) => done.push(path),
    lock: () => done.push('lock'),
    toggleTheme: () => done.push('theme'),
    showShortcuts: () => done.push('shortcuts'),
    openCards: (id) => done.push(`cards ${id}`),
    exportPackage: () => done.push('export'),
    verifyChain: () => done.push('verify'),
  };
  const models = [{ id: 'ID', name: 'Audit scoring' }] as unknown as Parameters<
    typeof paletteItems
  >[0]; // ids are branded
  const items = paletteItems(models, tools);

  it('finds pages, models and actions by any of their words, the beginning first', () => {
    expect(matchItems(items, 'audit').map(({ label, kind }) => `${kind}: ${label}`)).toEqual([
      'Page: Audit',
      'Model: Audit scoring',
      'Action: Export an audit package',
      'Action: Model cards of Audit scoring',
    ]);
    expect(matchItems(items, 'chain verify').map(({ label }) => label)).toEqual([
      'Verify the chain of events',
    ]);
    expect(matchItems(items, 'no such thing')).toEqual([]);
  });

  it('asks core for the models with the word that narrows most', () => {
    expect(longestWord(' Audit  scoring ')).toBe('scoring');
    expect(longestWord(' ')).toBe('');
  });

  it('does what an item says', () => {
    matchItems(items, 'audit scoring')[0]?.run();
    matchItems(items, 'lock')[0]?.run();
    matchItems(items, 'model cards')[0]?.run();
    expect(done).toEqual(['/models/ID', 'lock', 'cards ID']);
  });
});

describe('markupFreeText', () => {
  it('lets style text through and refuses whatever could open an element', () => {
    expect(markupFreeText(':root{--a:1px}')).toBe(':root{--a:1px}');
    expect(markupFreeText('</style><img src=x>')).toBeNull();
  });
});

describe('strengthWords', () => {
  const strength = { guessesLog10: 17.3, advice: [] };

  it('never lets a refused passphrase read as good', () => {
    expect(strengthWords({ ...strength, score: 4, isAccepted: false })).toEqual({
      label: 'Too short',
      state: 'watch',
    });
    expect(strengthWords({ ...strength, score: 4, isAccepted: true })).toEqual({
      label: 'Very strong',
      state: 'ok',
    });
    expect(strengthWords({ ...strength, score: 0, isAccepted: false }).state).toBe('alert');
  });

  it('states the guesses as a power of ten', () => {
    expect(guessesSentence(17.9)).toBe('About 10^17 guesses to find it.');
  });
});

import { foldText } from '../base/foldText';
import type { LawfulBasis, Sensitivity, SpecialCondition } from '../feature/feature';
import type { CountryCode } from './countries';
import type { FlowElementId, Organisation, Party } from './flowMap';
import { flowName, type FlowView, type ResolvedFlow } from './flowView';
import type { TransferMechanism } from './transferMechanism';

/** A transfer to a third country (GDPR Art. 30(1)(e), 30(2)(c)). */
export interface RegisterTransfer {
  readonly country: CountryCode;
  readonly to: string;
  readonly mechanism: TransferMechanism | null;
  readonly document: string;
  readonly expiresOn: string | null;
}

/** Until when data are erased at one place (Art. 30(1)(f)). */
export interface RegisterRetention {
  readonly at: string;
  /** Null: nobody has said so. */
  readonly days: number | null;
}

/** One activity of processing: every flow with the same purpose for the same controller. */
export interface RegisterEntry {
  /** Empty: nobody has said so. */
  readonly purpose: string;
  readonly flowIds: readonly FlowElementId[];
  readonly flows: readonly string[];
  readonly lawfulBases: readonly LawfulBasis[];
  readonly specialConditions: readonly SpecialCondition[];
  readonly subjectCategories: readonly string[];
  readonly dataCategories: readonly string[];
  /** Names of linked features. */
  readonly features: readonly string[];
  readonly sensitivities: readonly Sensitivity[];
  /** Systems and stores that take part. */
  readonly systems: readonly string[];
  readonly processors: readonly string[];
  readonly recipients: readonly string[];
  readonly transfers: readonly RegisterTransfer[];
  readonly retention: readonly RegisterRetention[];
  readonly securityMeasures: readonly string[];
  /** What an authority would miss, with the article that asks for it. */
  readonly missing: readonly string[];
}

type Controller = Organisation['controllers'][number];

/** Records of processing activities (GDPR Art. 30), as the map gives them. */
export interface ProcessingRegister {
  readonly organisation: Organisation;
  /** What is missing about the organisation itself. */
  readonly missing: readonly string[];
  /** Art. 30(1): as controller. */
  readonly asController: readonly RegisterEntry[];
  /** Art. 30(2): as processor, per controller. */
  readonly asProcessor: readonly {
    readonly controller: Controller;
    readonly missing: readonly string[];
    readonly entries: readonly RegisterEntry[];
  }[];
}

/**
 * The records of Art. 30(1) and 30(2), generated from the map. Flows without data about people are left out.
 *
 * @returns activities in the order in which the map first names their purpose; those without a purpose last
 * Cost: O(flows x (features + categories per flow))
 */
export function registerOf({ map, flows }: FlowView): ProcessingRegister {
  const { organisation } = map;
  const personal = flows.filter(({ isPersonal }) => isPersonal);
  const controllers = groupBy(personal, ({ flow }) => foldText(flow.onBehalfOf.trim()));
  const own = controllers.get('') ?? [];
  controllers.delete('');
  return {
    organisation,
    missing: partyGaps(organisation, 'of the organisation', 'Art. 30(1)(a)'),
    asController: entriesOf(own, controllerGaps),
    asProcessor: [...controllers.values()].map((group) => {
      const controller = controllerNamed(organisation, group[0]?.flow.onBehalfOf ?? '');
      return {
        controller,
        missing: partyGaps(controller, 'of the controller', 'Art. 30(2)(a)'),
        entries: entriesOf(group, processorGaps),
      };
    }),
  };
}

function controllerNamed({ controllers }: Organisation, name: string): Controller {
  const found = controllers.find((one) => foldText(one.name) === foldText(name));
  return found ?? { name, contact: '', representative: '', dataProtectionOfficer: '' };
}

function partyGaps({ name, contact }: Party, whose: string, article: string): string[] {
  return [
    ...(name === '' ? [`name ${whose} (${article})`] : []),
    ...(contact === '' ? [`contact ${whose} (${article})`] : []),
  ];
}

type Content = Omit<RegisterEntry, 'missing'>;

function entriesOf(
  flows: readonly ResolvedFlow[],
  gaps: (entry: Content) => readonly string[],
): RegisterEntry[] {
  const purposes = groupBy(flows, ({ flow }) => foldText(flow.purpose.trim()));
  const unnamed = purposes.get('');
  purposes.delete('');
  return [...purposes.values(), ...(unnamed === undefined ? [] : [unnamed])].map((group) => {
    const content = contentOf(group);
    return { ...content, missing: gaps(content) };
  });
}

function contentOf(group: readonly ResolvedFlow[]): Content {
  const each = <T>(pick: (one: ResolvedFlow) => readonly T[]): T[] => [
    ...new Set(group.flatMap(pick)),
  ];
  const ends = each(({ from, to }) => [from, to]);
  const named = (...kinds: readonly string[]): string[] =>
    ends.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  return {
    purpose: group[0]?.flow.purpose ?? '',
    flowIds: group.map(({ flow }) => flow.id),
    flows: each((one) => [flowName(one)]),
    lawfulBases: each(({ flow }) => present(flow.lawfulBasis)),
    specialConditions: each(({ flow }) => present(flow.specialCondition)),
    subjectCategories: [
      ...new Set([...named('subjects'), ...each(({ flow }) => flow.subjectCategories)]),
    ],
    dataCategories: each(({ flow }) => flow.dataCategories),
    features: each(({ features }) => features.map(({ name }) => name)),
    sensitivities: each(({ sensitivities }) => [...sensitivities]),
    systems: named('system', 'store'),
    processors: named('processor'),
    recipients: [...new Set([...named('recipient'), ...each(({ flow }) => flow.recipients)])],
    transfers: group.flatMap(transferOf),
    retention: retentionOf(group),
    securityMeasures: each(({ flow }) => flow.securityMeasures),
  };
}

function present<T>(value: T | null): readonly T[] {
  return value === null ? [] : [value];
}

function transferOf({ flow, to, toCountry, isTransfer }: ResolvedFlow): RegisterTransfer[] {
  return isTransfer && toCountry !== null
    ? [{ country: toCountry, to: to.name, ...flow.transfer }]
    : [];
}

/** One line per place: the longest time that anybody named for it; null where somebody named none. */
function retentionOf(group: readonly ResolvedFlow[]): RegisterRetention[] {
  const places = groupBy(group, ({ to }) => to.id);
  return [...places.values()].map((flows) => {
    const days = flows.map(({ flow }) => flow.retentionDays);
    const known = days.filter((one) => one !== null);
    return {
      at: flows[0]?.to.name ?? '',
      days: known.length < days.length ? null : Math.max(...known),
    };
  });
}

function controllerGaps(entry: Content): string[] {
  const { retention } = entry;
  return [
    ...(entry.purpose === '' ? ['purpose (Art. 30(1)(b))'] : []),
    ...(entry.subjectCategories.length === 0
      ? ['categories of data subjects (Art. 30(1)(c))']
      : []),
    ...(entry.dataCategories.length + entry.features.length === 0
      ? ['categories of data (Art. 30(1)(c))']
      : []),
    ...transferGaps(entry, 'Art. 30(1)(e)'),
    ...(retention.some(({ days }) => days === null)
      ? [
          `time limit for erasure at ${retention
            .filter(({ days }) => days === null)
            .map(({ at }) => at)
            .join(', ')} (Art. 30(1)(f))`,
        ]
      : []),
    ...(entry.securityMeasures.length === 0 ? ['security measures (Art. 30(1)(g))'] : []),
  ];
}

function processorGaps(entry: Content): string[] {
  return [
    ...(entry.purpose === '' ? ['category of processing (Art. 30(2)(b))'] : []),
    ...transferGaps(entry, 'Art. 30(2)(c)'),
    ...(entry.securityMeasures.length === 0 ? ['security measures (Art. 30(2)(d))'] : []),
  ];
}

function transferGaps({ transfers }: Content, article: string): string[] {
  const open = transfers.filter(
    ({ mechanism, document }) =>
      mechanism === null || (mechanism !== 'adequacy' && document === ''),
  );
  return open.map(({ to }) => `documented safeguards of the transfer to ${to} (${article})`);
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

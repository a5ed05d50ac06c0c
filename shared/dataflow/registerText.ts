import { formatCount } from '../base/formatNumber';
import {
  LAWFUL_BASIS_WORDS,
  SENSITIVITY_WORDS,
  SPECIAL_CONDITION_WORDS,
} from '../feature/basisWords';
import { countryName } from './countries';
import type { ProcessingRegister, RegisterEntry, RegisterTransfer } from './register';
import { MECHANISM_WORDS } from './transferMechanism';

/** A field of a register, as people read it. */
export interface RegisterField {
  readonly label: string;
  /** Empty: nothing is said. */
  readonly text: string;
}

const PARTS: readonly {
  readonly label: string;
  /** Left out of the records of a processor, who does not decide about it. */
  readonly isOfControllers: boolean;
  readonly textOf: (entry: RegisterEntry) => string;
}[] = [
  { label: 'Purpose', isOfControllers: false, textOf: ({ purpose }) => purpose },
  { label: 'Flows', isOfControllers: false, textOf: ({ flows }) => flows.join('; ') },
  { label: 'Lawful basis', isOfControllers: true, textOf: basisText },
  {
    label: 'Categories of data subjects',
    isOfControllers: false,
    textOf: ({ subjectCategories }) => subjectCategories.join('; '),
  },
  { label: 'Categories of personal data', isOfControllers: false, textOf: dataText },
  { label: 'Systems', isOfControllers: false, textOf: ({ systems }) => systems.join('; ') },
  {
    label: 'Categories of recipients',
    isOfControllers: false,
    textOf: ({ recipients, processors }) =>
      [...recipients, ...processors.map((name) => `${name} (processor)`)].join('; '),
  },
  {
    label: 'Transfers to third countries, with safeguards',
    isOfControllers: false,
    textOf: ({ transfers }) =>
      transfers.length === 0 ? 'None' : transfers.map(transferText).join('; '),
  },
  {
    label: 'Time limits for erasure',
    isOfControllers: false,
    textOf: ({ retention }) =>
      retention
        .map(
          ({ at, days }) =>
            `${at}: ${days === null ? 'not said' : `${formatCount(days)} ${days === 1 ? 'day' : 'days'}`}`,
        )
        .join('; '),
  },
  {
    label: 'Technical and organisational measures',
    isOfControllers: false,
    textOf: ({ securityMeasures }) => securityMeasures.join('; '),
  },
  {
    label: 'What is missing',
    isOfControllers: false,
    textOf: ({ missing }) => missing.join('; '),
  },
];

function basisText({ lawfulBases, specialConditions }: RegisterEntry): string {
  return [
    ...lawfulBases.map((basis) => LAWFUL_BASIS_WORDS[basis]),
    ...specialConditions.map((condition) => SPECIAL_CONDITION_WORDS[condition]),
  ].join('; ');
}

function dataText({ dataCategories, features, sensitivities }: RegisterEntry): string {
  const kinds = sensitivities
    .filter((one) => one === 'special' || one === 'criminal')
    .map((one) => `includes: ${SENSITIVITY_WORDS[one]}`);
  return [...dataCategories, ...features, ...kinds].join('; ');
}

function transferText({ country, to, mechanism, document, expiresOn }: RegisterTransfer): string {
  const rule = mechanism === null ? 'no mechanism named' : MECHANISM_WORDS[mechanism];
  const where = document === '' ? '' : `, documented: ${document}`;
  const until = expiresOn === null ? '' : `, until ${expiresOn}`;
  return `${countryName(country)} (${to}): ${rule}${where}${until}`;
}

/** Every field of one activity, in the order of the article. */
export function entryFields(
  entry: RegisterEntry,
  as: 'controller' | 'processor',
): readonly RegisterField[] {
  return PARTS.filter(({ isOfControllers }) => as === 'controller' || !isOfControllers).map(
    ({ label, textOf }) => ({ label, text: textOf(entry) }),
  );
}

/** Who keeps the register (Art. 30(1)(a)). */
export function organisationFields({
  organisation,
}: Pick<ProcessingRegister, 'organisation'>): readonly RegisterField[] {
  const { name, contact, representative, dataProtectionOfficer, jointControllers } = organisation;
  return [
    { label: 'Organisation', text: name },
    { label: 'Contact', text: contact },
    { label: 'Representative in the Union', text: representative },
    { label: 'Data protection officer', text: dataProtectionOfficer },
    {
      label: 'Joint controllers',
      text: jointControllers.map((one) => `${one.name} (${one.contact})`).join('; '),
    },
  ];
}

/** Header and rows of the whole register, one activity a row. */
export function registerTable(register: ProcessingRegister): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const organisation = organisationFields(register);
  const labels = PARTS.map(({ label }) => label);
  const row = (entry: RegisterEntry, record: string, controller: string): readonly string[] => [
    record,
    controller,
    ...PARTS.map(({ textOf }) => textOf(entry)),
    ...organisation.map(({ text }) => text),
  ];
  const { name } = register.organisation;
  return {
    header: ['Record', 'Controller', ...labels, ...organisation.map(({ label }) => label)],
    rows: [
      ...register.asController.map((entry) => row(entry, 'Art. 30(1)', name)),
      ...register.asProcessor.flatMap(({ controller, entries }) =>
        entries.map((entry) => row(entry, 'Art. 30(2)', controller.name)),
      ),
    ],
  };
}

/** How many fields an authority would miss, over the whole register. */
export function countMissing({ missing, asController, asProcessor }: ProcessingRegister): number {
  const processed = asProcessor.flatMap(({ entries }) => entries);
  return [
    missing,
    ...asProcessor.map((one) => one.missing),
    ...[...asController, ...processed].map((entry) => entry.missing),
  ].flat().length;
}

import type {
  CardCitation,
  CardDataset,
  CardFairness,
  CardLicence,
  CardPerson,
  CardRisk,
} from '../../shared/card/cardContent';

/** One text of an item. */
export interface ItemPart<T> {
  readonly key: keyof T & string;
  readonly label: string;
  readonly isLong?: boolean;
}

/** How an item of a list is typed and shown: its texts, and a new one. */
export interface ItemKind<T> {
  /** What one item is called, e.g. `risk`. */
  readonly one: string;
  readonly parts: readonly ItemPart<T>[];
  readonly empty: T;
}

export const PEOPLE: ItemKind<CardPerson> = {
  one: 'person',
  parts: [
    { key: 'name', label: 'Name' },
    { key: 'contact', label: 'Contact' },
  ],
  empty: { name: '', contact: '' },
};

export const LICENCES: ItemKind<CardLicence> = {
  one: 'licence',
  parts: [
    { key: 'identifier', label: 'SPDX identifier' },
    { key: 'link', label: 'Address' },
    { key: 'text', label: 'Text, where it has no identifier', isLong: true },
  ],
  empty: { identifier: '', link: '', text: '' },
};

export const FAIRNESS: ItemKind<CardFairness> = {
  one: 'group',
  parts: [
    { key: 'groupAtRisk', label: 'Group at risk' },
    { key: 'benefits', label: 'Benefits', isLong: true },
    { key: 'harms', label: 'Harms', isLong: true },
    { key: 'mitigation', label: 'What is done about them', isLong: true },
  ],
  empty: { groupAtRisk: '', benefits: '', harms: '', mitigation: '' },
};

export const RISKS: ItemKind<CardRisk> = {
  one: 'risk',
  parts: [
    { key: 'name', label: 'Risk', isLong: true },
    { key: 'mitigation', label: 'What is done against it', isLong: true },
  ],
  empty: { name: 'New risk', mitigation: '' },
};

export const CITATIONS: ItemKind<CardCitation> = {
  one: 'citation',
  parts: [
    { key: 'style', label: 'Style' },
    { key: 'text', label: 'Text', isLong: true },
  ],
  empty: { style: '', text: 'Citation' },
};

/** The texts of a dataset; its role and what is sensitive in it are typed otherwise. */
export const DATASETS: ItemKind<CardDataset> = {
  one: 'dataset',
  parts: [
    { key: 'name', label: 'Name' },
    { key: 'digest', label: 'Digest' },
    { key: 'link', label: 'Address' },
    { key: 'description', label: 'Description', isLong: true },
  ],
  empty: {
    name: '',
    role: 'training',
    description: '',
    link: '',
    digest: '',
    sensitive: [],
    carried: '',
  },
};

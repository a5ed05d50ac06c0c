import type { Flow } from '../../shared/dataflow/flowMap';

type Words = Pick<
  Flow,
  'dataCategories' | 'subjectCategories' | 'recipients' | 'securityMeasures'
> & { readonly purposes: readonly string[] };

const MEASURES = [
  'Encryption at rest',
  'Encryption in transit',
  'Pseudonymisation',
  'Access by role',
  'Audit log',
  'Backup and restore',
];

/** What other flows of the map say, so that the same thing is called the same. Cost: O(words of all flows) */
export function offeredWords(flows: readonly Flow[]): Words {
  const each = (pick: (flow: Flow) => readonly string[], first: readonly string[] = []): string[] =>
    [...new Set([...first, ...flows.flatMap(pick)])].filter((word) => word !== '');
  return {
    purposes: each(({ purpose }) => [purpose]),
    dataCategories: each(({ dataCategories }) => dataCategories),
    subjectCategories: each(({ subjectCategories }) => subjectCategories),
    recipients: each(({ recipients }) => recipients),
    securityMeasures: each(({ securityMeasures }) => securityMeasures, MEASURES),
  };
}

import type { Permission } from '../../shared/vault/peopleChannels';
import { formatCount, formatNoun } from '../ui/formatNumber';

export interface MatrixGroup {
  readonly capability: string;
  readonly label: string;
  readonly rows: readonly Permission[];
}

export interface RoleMatrix {
  /** Calls that need somebody signed in, by capability. */
  readonly groups: readonly MatrixGroup[];
  /** Calls that work before anybody signs in, for everybody. */
  readonly open: readonly Permission[];
}

const CAPABILITY_WORDS: Readonly<Record<string, string>> = {
  vault: 'Workspace, people and signatures',
  registry: 'Models and versions',
  drift: 'Monitoring',
  incident: 'Alerts',
  audit: 'Audit',
};

/** The matrix with the rows that hold every typed word in their name, in the order of the contract. */
export function matrixOf(permissions: readonly Permission[], typed: string): RoleMatrix {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const shown = permissions.filter((row) => {
    const text = searchedText(row);
    return words.every((word) => text.includes(word));
  });
  const signedIn = shown.filter(({ needsSignIn }) => needsSignIn);
  const byCapability = Map.groupBy(signedIn, ({ call }) => capabilityOf(call));
  return {
    groups: [...byCapability].map(([capability, rows]) => ({
      capability,
      label: capabilityWords(capability),
      rows,
    })),
    open: shown.filter(({ needsSignIn }) => !needsSignIn),
  };
}

/** How many calls there are, e.g. `58 calls; 22 change records. 11 of them work before anybody signs in.` */
export function matrixSentence(permissions: readonly Permission[]): string {
  const nChanges = permissions.filter(({ changesRecords }) => changesRecords).length;
  const nOpen = permissions.filter(({ needsSignIn }) => !needsSignIn).length;
  const verb = nChanges === 1 ? 'changes' : 'change';
  const counts = `${formatNoun(permissions.length, 'call')}; ${formatCount(nChanges)} ${verb} records.`;
  if (nOpen === 0) return counts;
  return `${counts} ${formatCount(nOpen)} of them ${nOpen === 1 ? 'works' : 'work'} before anybody signs in.`;
}

/** What a call does, from its name: `vault.listPeople` reads `List people`. */
export function callWords(call: string): string {
  const name = call.slice(call.indexOf('.') + 1);
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function capabilityOf(call: string): string {
  return call.split('.', 1)[0] ?? call;
}

function capabilityWords(capability: string): string {
  return CAPABILITY_WORDS[capability] ?? capability.charAt(0).toUpperCase() + capability.slice(1);
}

function searchedText({ call, changesRecords, roles }: Permission): string {
  const mark = changesRecords ? 'changes records' : '';
  const capability = capabilityWords(capabilityOf(call));
  return `${call} ${callWords(call)} ${capability} ${mark} ${roles.join(' ')}`.toLowerCase();
}

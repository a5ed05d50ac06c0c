import { create } from 'zustand';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { Result } from '../../shared/ipc/result';
import type {
  GivenAccess,
  Permission,
  PersonDetails,
  RecoveryKit,
} from '../../shared/vault/peopleChannels';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';
import { useVaultStore } from './vaultStore';

type Raw<K extends keyof Contract> = RawInputOf<Contract[K]>;
export type KitFacts = Pick<RecoveryKit, 'id' | 'madeBy' | 'madeAtUtc'>;
/** Null when it is done, else why not. */
type Outcome = Promise<AppError | null>;

interface PeopleState {
  /** Null until core has answered. */
  readonly people: readonly PersonDetails[] | null;
  readonly permissions: readonly Permission[] | null;
  /** Undefined until core has answered; null when there is no kit. */
  readonly recoveryKit: KitFacts | null | undefined;
  readonly errors: ReadErrors;
  listPeople(): Promise<void>;
  listPermissions(): Promise<void>;
  getRecoveryKit(): Promise<void>;
  /** The one-time passphrase in the answer is the caller's alone: it is not kept here. */
  addPerson(input: Raw<'vault.addPerson'>): Promise<Result<GivenAccess>>;
  setRoles(input: Raw<'vault.setRoles'>): Outcome;
  deactivatePerson(input: Raw<'vault.deactivatePerson'>): Outcome;
  /** The one-time passphrase in the answer is the caller's alone: it is not kept here. */
  resetAccess(input: Raw<'vault.resetAccess'>): Promise<Result<GivenAccess>>;
  recordTraining(input: Raw<'vault.recordTraining'>): Outcome;
  confirmKey(input: Raw<'vault.confirmKey'>): Outcome;
  signAccountability(input: Raw<'vault.signAccountability'>): Outcome;
  changePassphrase(input: Raw<'vault.changePassphrase'>): Outcome;
  /** The code in the answer is the caller's alone: it is not kept here. */
  makeRecoveryKit(input: Raw<'vault.makeRecoveryKit'>): Promise<Result<RecoveryKit>>;
}

/** Who has access and what they may do, as core last told; no passphrase or code is ever kept here. */
export const usePeopleStore = create<PeopleState>((set, get) => {
  /** After an act: what is on record now, also when somebody else was first. */
  async function settle<T>(result: Result<T>): Promise<Result<T>> {
    if (result.ok || result.error.code === 'CONFLICT') {
      await Promise.all([get().listPeople(), useVaultStore.getState().load()]);
    }
    return result;
  }
  const outcome = async (answer: Promise<Result<unknown>>): Outcome => {
    const result = await settle(await answer);
    return result.ok ? null : result.error;
  };
  return {
    people: null,
    permissions: null,
    recoveryKit: undefined,
    errors: {},
    listPeople: () =>
      readInto(set, 'listPeople', api['vault.listPeople']({}), (people) => ({ people })),
    listPermissions: () =>
      readInto(set, 'listPermissions', api['vault.listPermissions']({}), (permissions) => ({
        permissions,
      })),
    getRecoveryKit: () =>
      readInto(set, 'getRecoveryKit', api['vault.getRecoveryKit']({}), (recoveryKit) => ({
        recoveryKit,
      })),
    addPerson: async (input) => settle(await api['vault.addPerson'](input)),
    setRoles: (input) => outcome(api['vault.setRoles'](input)),
    deactivatePerson: (input) => outcome(api['vault.deactivatePerson'](input)),
    resetAccess: async (input) => settle(await api['vault.resetAccess'](input)),
    recordTraining: (input) => outcome(api['vault.recordTraining'](input)),
    confirmKey: (input) => outcome(api['vault.confirmKey'](input)),
    signAccountability: (input) => outcome(api['vault.signAccountability'](input)),
    changePassphrase: (input) => outcome(api['vault.changePassphrase'](input)),
    async makeRecoveryKit(input) {
      const result = await api['vault.makeRecoveryKit'](input);
      if (result.ok) await Promise.all([get().getRecoveryKit(), useVaultStore.getState().load()]);
      return result;
    },
  };
});

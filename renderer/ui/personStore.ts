import { create } from 'zustand';
import type { Person, Role } from '../../shared/vault/person';

interface PersonState {
  /** Who is signed in; null until the window knows. */
  readonly person: Person | null;
  setPerson(person: Person | null): void;
}

/** The signed-in person, for the parts that every capability shares. */
export const usePersonStore = create<PersonState>((set) => ({
  person: null,
  setPerson: (person) => set({ person }),
}));

const SIGNING_ROLES: readonly Role[] = ['reviewer', 'manager'];

/** Whether these roles sign records that others made. */
export function maySignRecords(roles: readonly Role[]): boolean {
  return roles.some((role) => SIGNING_ROLES.includes(role));
}

/** Whether the signed-in person signs records that others made. */
export function useMaySignRecords(): boolean {
  return usePersonStore(({ person }) => person !== null && maySignRecords(person.roles));
}

/** Whether the signed-in person holds one of these roles. */
export function useHasRole(roles: readonly Role[]): boolean {
  return usePersonStore(
    ({ person }) => person?.roles.some((role) => roles.includes(role)) ?? false,
  );
}

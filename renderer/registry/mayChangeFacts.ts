import type { Role } from '../../shared/vault/person';
import { usePersonStore } from '../ui/personStore';

const CHANGING_ROLES: readonly Role[] = ['analyst', 'manager'];

/** Whether the signed-in person changes facts and tags. */
export function useMayChangeFacts(): boolean {
  return usePersonStore(
    ({ person }) => person?.roles.some((role) => CHANGING_ROLES.includes(role)) ?? false,
  );
}

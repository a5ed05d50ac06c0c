import type { Role } from '../../shared/vault/person';
import { useHasRole } from '../ui/personStore';

const CHANGING_ROLES: readonly Role[] = ['analyst', 'manager'];

/** Whether the signed-in person changes facts and tags. */
export function useMayChangeFacts(): boolean {
  return useHasRole(CHANGING_ROLES);
}

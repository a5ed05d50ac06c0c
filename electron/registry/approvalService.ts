import { lifecycleChannels } from '../../shared/registry/lifecycleChannels';
import type { Role } from '../../shared/vault/person';
import type { ShownSignature, SignableRef } from '../../shared/vault/signable';
import type { AppContext } from '../app/context';
import { listPeople } from '../vault/peopleService';
import { listSignatures } from '../vault/signingService';

/**
 * Approvals, under a record as it is now, by people who may promote a version; they are what lets a policy act
 * by itself. Its authors cannot approve it at all.
 *
 * @returns none while anybody rejects it
 */
export function promoterApprovals(ctx: AppContext, ref: SignableRef): readonly ShownSignature[] {
  const current = listSignatures(ctx, ref).signatures.filter(({ isCurrent }) => isCurrent);
  if (current.some(({ meaning }) => meaning === 'rejection')) return [];
  const promoters: readonly Role[] = lifecycleChannels['registry.promote'].allow;
  const mayPromote = new Set(
    listPeople(ctx)
      .filter(
        ({ roles, deactivatedAtUtc }) =>
          deactivatedAtUtc === null && roles.some((role) => promoters.includes(role)),
      )
      .map(({ id }) => id),
  );
  return current.filter(
    ({ meaning, personId }) => meaning === 'approval' && mayPromote.has(personId),
  );
}

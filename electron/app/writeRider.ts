import type { AppContext, AuditDetail, Json, WriteRider } from './context';

/**
 * The write of a call that carries a rider: both are recorded, or neither.
 *
 * @throws Error when the call writes a second time: the rider belongs to one record
 */
export function withRider(write: AppContext['write'], rider: WriteRider): AppContext['write'] {
  let hasRidden = false;
  return (action, subject, detail, fn) => {
    if (hasRidden) throw new Error(`ctx.write('${action}') after a write that carried a rider`);
    const result = write(
      action,
      subject,
      (written: ReturnType<typeof fn>) =>
        withFacts(typeof detail === 'function' ? detail(written) : detail, rider.facts),
      (db) => {
        const written = fn(db);
        rider.record(db, { action, subject });
        return written;
      },
    );
    hasRidden = true;
    return result;
  };
}

function withFacts({ after, ...rest }: AuditDetail, facts: WriteRider['facts']): AuditDetail {
  return { ...rest, after: { ...(isFacts(after) ? after : {}), ...facts } };
}

function isFacts(after: Json | undefined): after is { readonly [key: string]: Json } {
  return typeof after === 'object' && after !== null && !Array.isArray(after);
}

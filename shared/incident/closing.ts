import { IncidentId } from '../base/ids';
import type { Incident } from './incident';

/** Each closing of an incident is a record of its own: the incident, and the revision that closed it. */
export function closingId(incidentId: IncidentId, revision: number): string {
  return `${incidentId}:${revision}`;
}

/** What {@link closingId} was made of; null for anything else. */
export function parseClosingId(
  id: string,
): { readonly incidentId: IncidentId; readonly revision: number } | null {
  const [incident, revision = '', ...rest] = id.split(':');
  const incidentId = IncidentId.safeParse(incident);
  if (!incidentId.success || rest.length > 0 || !/^[1-9]\d{0,8}$/u.test(revision)) return null;
  return { incidentId: incidentId.data, revision: Number(revision) };
}

/** The closings of an incident as records that people sign, oldest first. */
export function closingIds({ id, steps }: Pick<Incident, 'id' | 'steps'>): string[] {
  // Steps are the revisions, from 0 on.
  return steps.flatMap(({ act }, revision) => (act === 'close' ? [closingId(id, revision)] : []));
}

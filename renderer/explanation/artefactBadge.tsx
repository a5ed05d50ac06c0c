import { StateBadge } from '../ui/StateBadge';

/** Whether the version's signed manifest names the model file. */
export function artefactBadge(isArtefact: boolean | null) {
  if (isArtefact === null)
    return <StateBadge state="unknown" label="The version has no manifest to compare with" />;
  return isArtefact ? (
    <StateBadge state="ok" label="Names this file" />
  ) : (
    <StateBadge state="alert" label="Does not name this file" />
  );
}

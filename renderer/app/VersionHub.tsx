import { CardSummary } from '../card/CardSummary';
import { VersionReference } from '../drift/VersionReference';
import { VersionPage } from '../registry/VersionPage';

/** A version's page with its model card and its reference profile. */
export function VersionHub({ versionId }: { readonly versionId: string }) {
  return (
    <VersionPage
      key={versionId}
      versionId={versionId}
      card={<CardSummary versionId={versionId} />}
      reference={<VersionReference versionId={versionId} />}
    />
  );
}

import type { InputOf } from '../../shared/ipc/channel';
import type { StageChange } from '../../shared/registry/lifecycleChannels';
import type {
  lineageChannels,
  LineageNode,
  VersionLineage,
} from '../../shared/registry/lineageChannels';
import type { ModelVersion } from '../../shared/registry/model';
import type { AppContext } from '../app/context';
import { eventsOf } from '../audit/logService';
import { getReference } from '../drift/driftService';
import { requireVersion } from './registryService';
import { findStageChanges } from './stageRepo';

type Input = InputOf<(typeof lineageChannels)['registry.lineage']>;

/**
 * Where a version comes from and where it went, as a graph from data to evidence.
 *
 * A package holds a version when it is of its model and was signed after the version was.
 *
 * @throws AppFailure NOT_FOUND
 */
export function lineage(ctx: AppContext, { versionId }: Input): VersionLineage {
  const version = requireVersion(ctx, versionId);
  const own = versionNode(version);
  const data = dataNodes(version);
  const reference = getReference(ctx, { versionId });
  const profile: LineageNode[] =
    reference === null
      ? []
      : [
          {
            id: reference.id,
            kind: 'profile',
            title: reference.file.fileName,
            detail: reference.file.sha256,
            atUtc: reference.frozenAtUtc,
          },
        ];
  const deployments = deploymentNodes(version, findStageChanges(ctx.db, version.snapshot.modelId));
  const packages = packageNodes(ctx, version);
  const nodes = [...data, ...profile, own, ...deployments, ...packages];
  const trained = data.map(({ id }) => ({ from: id, to: own.id }));
  const profiled = profile.map(({ id }) => ({ from: id, to: own.id }));
  // The reference is of the training data where it is the same file.
  const same = data
    .filter(({ detail }) => profile.some((one) => one.detail === detail))
    .flatMap(({ id }) => profile.map((one) => ({ from: id, to: one.id })));
  const deployed = deployments.map(({ id }) => ({ from: own.id, to: id }));
  const packed = packages.map(({ id, atUtc }) => ({
    from: deploymentBefore(deployments, atUtc)?.id ?? own.id,
    to: id,
  }));
  return { nodes, edges: [...trained, ...same, ...profiled, ...deployed, ...packed] };
}

function versionNode({ id, snapshot, snapshotSha256 }: ModelVersion): LineageNode {
  return {
    id,
    kind: 'version',
    title: `Version ${snapshot.version}`,
    detail: snapshotSha256,
    atUtc: snapshot.registeredAtUtc,
  };
}

function dataNodes({ id, snapshot }: ModelVersion): LineageNode[] {
  const { trainingData, datasets = [] } = snapshot;
  const file: LineageNode[] =
    trainingData === null
      ? []
      : [
          {
            id: `${id} training`,
            kind: 'data',
            title: trainingData.fileName,
            detail: trainingData.sha256,
            atUtc: null,
          },
        ];
  const named = datasets.map(({ name, digest, role }, i): LineageNode => ({
    id: `${id} dataset ${i}`,
    kind: 'data',
    title: `${name} (${role})`,
    detail: digest,
    atUtc: null,
  }));
  return [...file, ...named];
}

/** Each time that the version was live. */
function deploymentNodes({ id }: ModelVersion, changes: readonly StageChange[]): LineageNode[] {
  const own = changes.filter(({ versionId }) => versionId === id);
  return own
    .filter(({ toStage }) => toStage === 'Production')
    .map((start): LineageNode => {
      const end = own.find(
        ({ ordinal, fromStage }) => ordinal > start.ordinal && fromStage === 'Production',
      );
      return {
        id: `step ${start.ordinal}`,
        kind: 'deployment',
        title: end === undefined ? 'Live in Production' : 'Was live in Production',
        detail:
          end === undefined ? 'until now' : `until ${end.atUtc.slice(0, 19).replace('T', ' ')}`,
        atUtc: start.atUtc,
      };
    });
}

function packageNodes({ db }: AppContext, { snapshot }: ModelVersion): LineageNode[] {
  return eventsOf(db, 'audit.packageSigned')
    .filter(
      ({ subject, atUtc }) => subject === snapshot.modelId && atUtc >= snapshot.registeredAtUtc,
    )
    .map(({ seq, atUtc, after }): LineageNode => ({
      id: `event ${seq}`,
      kind: 'package',
      title: 'Audit package',
      detail: sha256Of(after),
      atUtc,
    }));
}

function sha256Of(after: unknown): string {
  const sha256: unknown = Object(after)['sha256'];
  return typeof sha256 === 'string' ? sha256 : '';
}

/** The deployment that had begun when a package was signed: the last one. */
function deploymentBefore(
  deployments: readonly LineageNode[],
  atUtc: string | null,
): LineageNode | null {
  return (
    deployments.findLast((one) => one.atUtc !== null && atUtc !== null && one.atUtc <= atUtc) ??
    null
  );
}

import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatCount } from '../../shared/base/formatNumber';
import type { WaitingItem } from '../../shared/intake/intake';
import { takeTurns, type Queued } from '../../shared/intake/intakeOrder';
import {
  dataNameOf,
  filesOfSidecar,
  isSidecarName,
  SIDECAR_SUFFIX,
  type NamedFile,
  type SidecarOf,
} from '../../shared/intake/sidecar';
import { MAX_FILE_BYTES } from '../io/readLimits';
import { claimFolder, fileProblem, listClaims, listInbox, sidecarOfClaim } from './intakeFolders';
import { watchFrom, type Watch } from './intakeMonitor';
import { readSidecar, type ReadSidecar } from './readSidecar';

/** What the folder holds, and what of it can be taken. */
export interface Look {
  /** Names of sidecars, in the order in which they are taken. */
  readonly ready: readonly string[];
  readonly waiting: readonly WaitingItem[];
}

type Standing = Pick<WaitingItem, 'waitsFor' | 'reason'>;
type Found = Queued &
  Pick<WaitingItem, 'kind' | 'sidecarSha256'> & { readonly standing: Standing | null };

/**
 * Looks through the watched folder; changes nothing.
 *
 * @param watch remembers how files were, for those whose size no sidecar tells
 * @param canSign whether a new version with a sidecar of this SHA-256 is signed now; others wait
 */
export async function lookThrough(
  folder: string,
  watch: Watch,
  canSign: Looking['canSign'],
): Promise<Look> {
  const names = await listInbox(folder);
  const found: Found[] = [];
  const spokenFor = new Set<string>();
  for (const name of names.filter(isSidecarName)) {
    const read = await readSidecar(folder, name);
    if (read === null) continue;
    const files = read.sidecar === null ? [] : filesOfSidecar(read.sidecar, name);
    for (const one of [dataNameOf(name), ...files.map((file) => file.name)]) spokenFor.add(one);
    found.push(await standingOf({ folder, watch, canSign }, name, read, files));
  }
  found.push(...(await unsignedClaims(folder)));
  const { ready, held } = takeTurns(found);
  return {
    ready: ready.map(({ name }) => name),
    waiting: [
      ...found.flatMap(({ standing, ...item }) =>
        standing === null ? [] : [waiting(item, standing)],
      ),
      ...held.map(({ item, behind }) =>
        waiting(item, {
          waitsFor: 'earlier',
          reason: `Its turn comes after ${behind}, which is of the same model.`,
        }),
      ),
      ...names
        .filter((name) => !isSidecarName(name) && !spokenFor.has(name))
        .map((name) =>
          waiting(
            { name, kind: null, modelName: null, sidecarSha256: null },
            { waitsFor: 'sidecar', reason: `There is no ${name}${SIDECAR_SUFFIX} yet.` },
          ),
        ),
    ],
  };
}

function waiting(
  { name, kind, modelName, sidecarSha256 }: Omit<WaitingItem, 'waitsFor' | 'reason'>,
  standing: Standing,
): WaitingItem {
  return { name, kind, modelName, sidecarSha256, ...standing };
}

interface Looking {
  readonly folder: string;
  readonly watch: Watch;
  readonly canSign: (sidecarSha256: string | null) => boolean;
}

async function standingOf(
  looking: Looking,
  name: string,
  read: ReadSidecar,
  files: readonly NamedFile[],
): Promise<Found> {
  const { sidecar, modifiedMs, sha256: sidecarSha256 } = read;
  const isSteady = looking.watch.isSteady(name, read);
  if (sidecar === null) {
    // Perhaps it is still being written; a bad one is taken in its turn and fails with its reason.
    const standing = read.isFinal || isSteady ? null : stillWritten(name);
    const queued = {
      name,
      kind: null,
      modelName: null,
      sequence: null,
      atMs: modifiedMs,
      sidecarSha256,
    };
    return { ...queued, isReady: standing === null, standing };
  }
  const { kind, model, sequence = null, producedAtUtc } = sidecar;
  const atMs = producedAtUtc === undefined ? modifiedMs : Date.parse(producedAtUtc);
  const standing =
    sidecar.kind === 'newVersion' && !looking.canSign(sidecarSha256)
      ? needsSignature(sidecar)
      : await standingOfFiles(looking, files);
  const queued = { name, kind, modelName: model, sequence, atMs, sidecarSha256 };
  return { ...queued, isReady: standing === null, standing };
}

/** What a new version waits for, with what its sidecar says in figures. */
function needsSignature(sidecar: SidecarOf<'newVersion'>): Standing {
  const count = (items: object, what: string): string => {
    const n = Object.keys(items).length;
    return `${formatCount(n)} ${what}${n === 1 ? '' : 's'}`;
  };
  const parts = [
    count(sidecar.hyperparameters, 'hyperparameter'),
    count(sidecar.metrics, 'metric'),
    count(sidecar.schema, 'column'),
    count(sidecar.datasets ?? [], 'dataset'),
    count(sidecar.artefacts ?? [], 'file digest'),
  ];
  return {
    waitsFor: 'signature',
    reason: `A new version is registered once a person signs it. It states ${parts.join(', ')}.`,
  };
}

/** New versions that are claimed already: a crash or a wrong passphrase came between, or another sidecar. */
async function unsignedClaims(folder: string): Promise<readonly Found[]> {
  const looking = { folder, watch: watchFrom(new Map(), 0), canSign: () => false };
  const found: Found[] = [];
  for (const id of await listClaims(folder)) {
    const claim = claimFolder(folder, id);
    const name = await sidecarOfClaim(claim);
    const read = name === null ? null : await readSidecar(claim, name);
    if (name !== null && read?.sidecar?.kind === 'newVersion')
      found.push(await standingOf(looking, name, read, []));
  }
  return found;
}

async function standingOfFiles(
  { folder, watch }: Looking,
  files: readonly NamedFile[],
): Promise<Standing | null> {
  for (const file of files) {
    const state = await lstat(join(folder, file.name)).catch(() => null);
    if (state === null) return { waitsFor: 'file', reason: `${file.name} is not there yet.` };
    // Refused when its turn comes, with the reason.
    if (fileProblem(file.name, state, MAX_FILE_BYTES) !== null) continue;
    const isSteady = watch.isSteady(file.name, {
      sizeBytes: state.size,
      modifiedMs: state.mtimeMs,
    });
    const { sizeBytes } = file;
    if (sizeBytes !== undefined && state.size < sizeBytes) {
      const reason = `${file.name} holds ${formatCount(state.size)} of ${formatCount(sizeBytes)} bytes.`;
      return { waitsFor: 'whole', reason };
    }
    if (state.size !== sizeBytes && !isSteady) return stillWritten(file.name);
  }
  return null;
}

function stillWritten(name: string): Standing {
  return { waitsFor: 'whole', reason: `${name} may still be written to: it is looked at again.` };
}

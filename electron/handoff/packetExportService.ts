import { mkdirSync, renameSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { ExportedPacket, handoffChannels } from '../../shared/handoff/channels';
import type { HandoffPacket } from '../../shared/handoff/packet';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { PARTIAL_SUFFIX, publishFile, syncFolder } from '../io/atomicWrite';
import { toFileFailure } from '../io/fileFailure';
import { writeZip, type ZipFiles } from '../io/zip';
import { recordSignatures } from '../vault/signingService';
import { findKeys } from '../vault/vaultService';
import { kubernetesName } from './packetFacts';
import { DIGESTS_PATH, packetContents, sha256, signContents } from './packetFiles';
import { getPacket, requireStanding, signablePacket } from './packetService';

type Input = InputOf<(typeof handoffChannels)['handoff.exportPacket']>;

/**
 * Signs an approved packet and writes it as a ZIP file or a folder where the person says.
 *
 * The file or folder gets its name inside the write that appends the event with its SHA-256, so there is
 * none without the other. Apart from the signature of who hands it over, the same packet is the same bytes.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (not approved, withdrawn, changed meanwhile, a manifest that is not
 *   valid, or the place is taken), FORBIDDEN (wrong passphrase), CANCELLED (dialog closed), STORAGE
 */
export async function exportPacket(
  ctx: AppContext,
  { packetId, revision, format, signing }: Input,
): Promise<ExportedPacket> {
  requireStanding(ctx, packetId, revision);
  const packet = getPacket(ctx, { packetId });
  requireApproved(packet);
  requireValid(packet);
  const contents = contentsOf(ctx, packet);
  const path = await pickPlace(ctx, packet, format);
  const { meaning, reason } = signing;
  return ctx.withSigningKey(signing, (signer) => {
    // The dialog and the passphrase took their time: what was approved then must be so now.
    requireStanding(ctx, packetId, revision);
    requireApproved(getPacket(ctx, { packetId }));
    const act = { signer, meaning, reason, signedAtUtc: ctx.nowUtc() };
    return publish(ctx, packet, {
      path,
      format,
      reason,
      files: signContents(contents, packet, act),
    });
  });
}

function requireApproved({ state }: HandoffPacket): void {
  if (state === 'approved') return;
  throw new AppFailure(
    'CONFLICT',
    `This packet is ${state === 'draft' ? 'a draft' : state}: only an approved one is handed over. Nothing was written.`,
    { state },
  );
}

function requireValid({ manifests }: HandoffPacket): void {
  const broken = manifests.flatMap(({ path, problems }) =>
    problems.map(({ where, message }) => ({ path, where, message })),
  );
  const [first] = broken;
  if (first === undefined) return;
  throw new AppFailure(
    'CONFLICT',
    `${first.path} is not valid${first.where === '' ? '' : ` at ${first.where}`}: ${first.message}. Nothing was written. Change the pipeline settings, then revise the packet.`,
    { problems: broken },
  );
}

function contentsOf(ctx: AppContext, packet: HandoffPacket): ZipFiles {
  const signable = signablePacket(ctx, packet.id);
  return packetContents({
    packet,
    recordJson: canonicalJson(signable?.record),
    signatures: recordSignatures(ctx, 'handoff.packet', packet.id),
    keys: new Map(findKeys(ctx).map(({ keyId, publicKeyPem }) => [keyId, publicKeyPem])),
  });
}

async function pickPlace(
  { ports }: AppContext,
  { modelName, number }: HandoffPacket,
  format: Input['format'],
): Promise<string> {
  const name = kubernetesName(modelName, `packet-${number}`);
  const title = `Hand over packet ${number} of ${modelName}`;
  if (format === 'zip') {
    const request = { title, extensions: ['zip'], suggestedName: `${name}.zip` };
    const path = await ports.pickSaveFile(request);
    if (path === null) throw notChosen();
    return path;
  }
  const parent = await ports.pickFolder({ title });
  if (parent === null) throw notChosen();
  const path = join(parent, name);
  if (!existsSync(path)) return path;
  throw new AppFailure(
    'CONFLICT',
    `There is something named ${name} in this folder already. Nothing was written. Choose another folder.`,
  );
}

function notChosen(): AppFailure {
  return new AppFailure('CANCELLED', 'No place was chosen. Nothing was signed.');
}

interface Publication {
  readonly path: string;
  readonly format: Input['format'];
  readonly reason: string;
  readonly files: ZipFiles;
}

function publish(ctx: AppContext, packet: HandoffPacket, to: Publication): ExportedPacket {
  const { path, format, reason, files } = to;
  const partial = `${path}${PARTIAL_SUFFIX}`;
  try {
    rmSync(partial, { recursive: true, force: true });
    const written = format === 'zip' ? writeArchive(partial, files) : writeFolder(partial, files);
    const file = { fileName: basename(path), format, ...written };
    const after = { ...file, modelId: packet.modelId, recordSha256: packet.recordSha256 };
    ctx.write('handoff.packetExported', packet.id, { after, reason }, () => {
      if (format === 'zip') publishFile(partial, path);
      else renameSync(partial, path);
      syncFolder(dirname(path));
    });
    return { path, ...file };
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw toFileFailure(error, path) ?? error;
  }
}

type Written = Pick<ExportedPacket, 'sha256' | 'sizeBytes'>;

function writeArchive(path: string, files: ZipFiles): Written {
  const bytes = writeZip(files);
  writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 });
  return { sha256: sha256(bytes), sizeBytes: bytes.length };
}

function writeFolder(path: string, files: ZipFiles): Written {
  let sizeBytes = 0;
  for (const [name, bytes] of files) {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, bytes, { flag: 'wx', mode: 0o600, flush: true });
    sizeBytes += bytes.length;
  }
  return { sha256: sha256(files.get(DIGESTS_PATH) ?? new Uint8Array()), sizeBytes };
}

import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Meaning } from '../../shared/audit/signature';
import type { ExportedPackage, PackagePreview } from '../../shared/audit/channels';
import type { SigningAct } from '../../shared/audit/signature';
import { AppFailure } from '../../shared/ipc/errors';
import { meaningChoices, signingObstacle, type SigningFacts } from '../../shared/vault/signable';
import type { AppContext, Signer, StageKind } from '../app/context';
import { writeFileAtomically } from '../io/atomicWrite';
import { findKeys, type PublicPersonKey } from '../vault/vaultService';
import { countEvents, eventsAbout, storedEventsOf, type StoredEvent } from './auditRepo';
import { buildCheckpointedTree } from './logCheckpoint';
import { assemble, buildUnsigned, type PackageInput } from './packageBuilder';
import {
  collectRecords,
  subjectsOf,
  toFiles,
  type PackageRecord,
  type Scope,
  type ScopedRecords,
} from './packageRecords';
import { packageReport } from './packageReport';
import { utcOffsetMinutes } from './auditLog';

/** A package that was looked at and not yet signed. */
interface StagedPackage {
  readonly scope: Scope;
  readonly records: ScopedRecords;
  readonly files: readonly PackageRecord[];
  readonly recordsSha256: string;
}

const STAGED_PACKAGE: StageKind<StagedPackage> = { name: 'audit.package' };

/**
 * Gathers what a package would hold, so that the person sees it before signing.
 *
 * @throws AppFailure NOT_FOUND (model), INSUFFICIENT_DATA (the model has no version yet)
 */
export function previewPackage(ctx: AppContext, scope: Scope): PackagePreview {
  const records = collectRecords(ctx, scope);
  if (records.versions.length === 0) {
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      'This model has no version yet, so there is nothing to put into a package.',
      {
        n: 0,
        required: 1,
      },
    );
  }
  const files = toFiles(records);
  const staged: StagedPackage = { scope, records, files, recordsSha256: digestOfRecords(files) };
  const events = eventsInScope(ctx, records);
  const signingKey = findKeys(ctx).find(
    ({ personId, purpose, isRetired }) =>
      personId === ctx.actor.id && purpose === 'sign' && !isRetired,
  );
  if (signingKey === undefined)
    throw new AppFailure('INTEGRITY', 'You have no signing key in this workspace.');
  return {
    stageId: ctx.stages.put(STAGED_PACKAGE, staged),
    modelName: records.model.name,
    records: files.map(({ path, title, bytes }) => ({ path, title, sizeBytes: bytes.length })),
    nEvents: events.length,
    logSize: countEvents(ctx.db),
    manifestSha256: staged.recordsSha256,
    keyId: signingKey.keyId,
    meanings: meaningChoices(PACKAGE_MEANINGS, ctx.actor.id, evidenceFacts(events)),
  };
}

const PACKAGE_MEANINGS = ['review', 'approval', 'responsibility', 'authorship'] as const;

/** Acts that judge or hand on what others did: they are no evidence of one's own. */
const NO_OWN_WORK = [
  'vault.recordSigned',
  'handoff.packetExported',
  'audit.packageSigned',
  'audit.timestampRequested',
  'audit.timestampImported',
];

/** Whose evidence a package holds: everyone who did something that is in it. */
function evidenceFacts(events: readonly StoredEvent[]): SigningFacts {
  const work = events.filter(({ event }) => !NO_OWN_WORK.includes(event.action));
  return { authors: [...new Set(work.map(({ event }) => event.actorId))], signed: [] };
}

/** One line `<sha256>  <path>` per record, in order: what a manifest of the records alone would say. */
function digestOfRecords(files: readonly PackageRecord[]): string {
  return sha256Hex(files.map(({ path, bytes }) => `${sha256Hex(bytes)}  ${path}\n`).join(''));
}

function sha256Hex(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Where it brought one model only, the event is about that model and found by it. */
function isImportOf({ subject, after }: StoredEvent['event'], modelId: string): boolean {
  if (subject === modelId) return false;
  const named =
    typeof after === 'object' && after !== null && 'modelIds' in after ? after.modelIds : [];
  return Array.isArray(named) && named.includes(modelId);
}

function eventsInScope(ctx: AppContext, records: ScopedRecords): StoredEvent[] {
  const events = eventsAbout(ctx.db, subjectsOf(records));
  // An import brings several models in one act, so its event is about the workspace and names them.
  const imports = storedEventsOf(ctx.db, 'registry.versionsImported').filter(({ event }) =>
    isImportOf(event, records.model.id),
  );
  return [...events, ...imports].sort((a, b) => a.seq - b.seq);
}

/**
 * Signs a previewed package, writes it where the person says, and checks the bytes that were written.
 *
 * The act is an audit event before the file gets its name; a file that cannot be written leaves none.
 *
 * @throws AppFailure NOT_FOUND (the preview has expired), CANCELLED (dialog closed), FORBIDDEN (wrong
 *   passphrase, or judging one's own evidence), STORAGE (the file cannot be written), INTEGRITY (what was written does not verify)
 */
export async function exportPackage(
  ctx: AppContext,
  input: {
    readonly stageId: Parameters<AppContext['stages']['get']>[1];
    readonly signing: SigningAct;
  },
): Promise<ExportedPackage> {
  const staged = ctx.stages.get(STAGED_PACKAGE, input.stageId);
  const { meaning } = input.signing;
  const facts = evidenceFacts(eventsInScope(ctx, staged.records));
  const obstacle = signingObstacle(meaning, ctx.actor.id, facts);
  if (obstacle !== null) throw new AppFailure('FORBIDDEN', obstacle, { meaning });
  const path = await ctx.ports.pickSaveFile({
    title: 'Export audit package',
    extensions: ['zip'],
    suggestedName: suggestedName(staged.records.model.name, ctx.nowUtc()),
  });
  if (path === null) throw new AppFailure('CANCELLED', 'No place was chosen. Nothing was signed.');
  const { zip, reportHtml, sha256 } = await ctx.withSigningKey(input.signing, (signer) =>
    signPackage(ctx, staged, input.signing, signer),
  );
  const reportPath = join(dirname(path), `${basename(path, '.zip')}-report.html`);
  writeFileAtomically(path, zip);
  writeFileAtomically(reportPath, reportHtml);
  const verification = await ctx.jobs.run(
    'audit.verifyPackage',
    { path, trusted: {}, revoked: [] },
    ctx,
  );
  if (!verification.isValid) {
    throw new AppFailure(
      'INTEGRITY',
      `The package written to ${basename(path)} does not verify. Do not send it.`,
      {
        step: verification.steps.find(({ status }) => status === 'failed')?.id ?? null,
      },
    );
  }
  ctx.stages.drop(input.stageId);
  const signers = verification.summary?.predicate.signers ?? [];
  return {
    path,
    reportPath,
    sha256,
    sizeBytes: zip.length,
    keyFingerprints: signers.map(({ name, keyid }) => ({ name, fingerprint: keyid })),
    verification,
  };
}

function suggestedName(modelName: string, nowUtc: string): string {
  const slug = modelName
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .toLowerCase();
  return `audit-package-${slug === '' ? 'model' : slug}-${nowUtc.slice(0, 10)}.zip`;
}

interface SignedPackage {
  readonly zip: Uint8Array;
  readonly reportHtml: Uint8Array;
  readonly sha256: string;
}

function signPackage(
  ctx: AppContext,
  staged: StagedPackage,
  act: SigningAct,
  signer: Signer,
): SignedPackage {
  const packageInput = toPackageInput(ctx, staged, act, signer);
  const unsigned = buildUnsigned(packageInput);
  const zip = assemble(unsigned, [
    { keyid: signer.keyId, signature: signer.signBytes(unsigned.pae) },
  ]);
  const sha256 = sha256Hex(zip);
  const { scope, recordsSha256 } = staged;
  ctx.write(
    'audit.packageSigned',
    scope.modelId,
    {
      after: {
        packageId: randomUUID(),
        packageSeq: packageInput.packageSeq,
        periodStart: scope.periodStart,
        periodEnd: scope.periodEnd,
        recordsSha256,
        sha256,
        meaning: act.meaning,
        keyId: signer.keyId,
      },
      reason: act.reason,
    },
    () => undefined,
  );
  return { zip, sha256, reportHtml: packageInput.reportHtml };
}

function toPackageInput(
  ctx: AppContext,
  staged: StagedPackage,
  act: SigningAct,
  signer: Signer,
): PackageInput {
  const { scope, records, files, recordsSha256 } = staged;
  const { workspace, ports } = ctx;
  const events = eventsInScope(ctx, records);
  const signedBy = {
    keyId: signer.keyId,
    printedName: signer.printedName,
    role: ctx.actor.roles.join(', '),
    meaning: act.meaning satisfies Meaning,
    reason: act.reason,
    signedAtUtc: ctx.nowUtc(),
    utcOffsetMinutes: utcOffsetMinutes(Date.parse(ctx.nowUtc())),
  };
  const facts = {
    workspaceName: workspace.name,
    appVersion: ports.appVersion,
    scope,
    recordsSha256,
    signers: [signedBy],
  };
  return {
    scope: { ...scope, modelName: records.model.name },
    workspace: { id: workspace.id, name: workspace.name },
    appVersion: ports.appVersion,
    packageSeq: nextPackageSeq(ctx),
    records: new Map(files.map(({ path, bytes }) => [path, bytes])),
    reportHtml: new TextEncoder().encode(packageReport(records, facts)),
    events: events.map(({ seq, body, sig, keyId }) => ({ seq, body, sig, keyId })),
    ...buildCheckpointedTree(
      ctx,
      events.map(({ seq }) => seq),
    ),
    keys: packageKeys(ctx, signer, events, records.signatures),
    signers: [signedBy],
    verifier: {
      python: readFileSync(join(ports.resourcesFolder, 'verifier', 'verify.py')),
      shell: readFileSync(join(ports.resourcesFolder, 'verifier', 'verify.sh')),
    },
  };
}

function nextPackageSeq(ctx: AppContext): number {
  const nSigned = ctx.db
    .prepare("SELECT count(*) FROM audit_event WHERE action = 'audit.packageSigned'")
    .pluck()
    .get();
  return Number(nSigned) + 1;
}

/** The signer's key, the key that signed the checkpoint, and those of everyone who acted or signed. */
function packageKeys(
  ctx: AppContext,
  signer: Signer,
  events: readonly StoredEvent[],
  signatures: ScopedRecords['signatures'],
): PackageInput['keys'] {
  const actorKeys = new Set([...events, ...signatures].map(({ keyId }) => keyId));
  const known = findKeys(ctx);
  const named = (key: PublicPersonKey): { name: string; spkiPem: string } => ({
    name: key.purpose === 'log' ? `${key.printedName} log` : key.printedName,
    spkiPem: key.publicKeyPem,
  });
  return known.flatMap((key) => [
    ...(key.keyId === signer.keyId ? [{ ...named(key), role: 'signer' as const }] : []),
    ...(actorKeys.has(key.keyId) ? [{ ...named(key), role: 'actor' as const }] : []),
    ...(key.keyId === ctx.logSigner.keyId ? [{ ...named(key), role: 'log' as const }] : []),
  ]);
}

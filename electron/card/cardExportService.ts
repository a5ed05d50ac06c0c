import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { ModelVersionId } from '../../shared/base/ids';
import type {
  CardFormat,
  cardExchangeChannels,
  ExportedCard,
} from '../../shared/card/exchangeChannels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { writeRecordedFile } from '../io/atomicWrite';
import { requireVersion } from '../registry/registryService';
import { recordSignatures } from '../vault/signingService';
import type { CardExport } from './cardExport';
import { cardHtml } from './cardHtml';
import { cardJson } from './cardJson';
import { findApprovedHead, findNewestHead, findRecord, findRecordText } from './cardRepo';
import { toCycloneWithOwn, type CycloneModelCard } from './cycloneCard';
import { staleFigures } from './boundFigures';
import { evidenceOf } from './evidenceSources';
import { toHub } from './hubCard';
import { picturesOf } from './pictureService';
import { toToolkit } from './toolkitCard';

type Input<K extends keyof typeof cardExchangeChannels> = InputOf<(typeof cardExchangeChannels)[K]>;

const EXTENSIONS: Readonly<Record<CardFormat, string>> = {
  json: 'json',
  modelCardToolkit: 'json',
  huggingFace: 'md',
  html: 'html',
  pdf: 'pdf',
};

/**
 * The card of a version as it leaves the workspace: its approved revision, or else the newest draft.
 *
 * @param which `newest` takes the newest revision even where an older one is approved
 * @returns null while nobody has written a card
 * @throws AppFailure NOT_FOUND
 */
export function cardForExport(
  ctx: AppContext,
  versionId: ModelVersionId,
  which: 'approved' | 'newest' = 'approved',
): CardExport | null {
  const version = requireVersion(ctx, versionId);
  const approved = which === 'approved' ? findApprovedHead(ctx.db, versionId) : null;
  const head = approved ?? findNewestHead(ctx.db, versionId);
  const record = head === null ? null : findRecord(ctx.db, head.id);
  if (head === null || record === null) return null;
  const { modelId, modelName, version: number, registeredAtUtc } = version.snapshot;
  const stale = staleFigures(record.content, evidenceOf(ctx, version));
  return {
    modelId,
    modelName,
    versionId,
    version: number,
    registeredAtUtc,
    snapshotSha256: version.snapshotSha256,
    head,
    recordSha256: findRecordText(ctx.db, head.id)?.sha256 ?? '',
    state: head.approval === null ? 'draft' : stale.length === 0 ? 'approved' : 'stale',
    stale,
    content: record.content,
    pictures: picturesOf(ctx, record.content),
    signatures: recordSignatures(ctx, 'card.revision', head.id),
    exportedAtUtc: ctx.nowUtc(),
    appVersion: ctx.ports.appVersion,
  };
}

/** The card of a version as the `modelCard` of an ML-BOM; null while there is none. */
export function cardForBom(ctx: AppContext, versionId: ModelVersionId): CycloneModelCard | null {
  const card = cardForExport(ctx, versionId);
  if (card === null) return null;
  const { properties = [], ...modelCard } = toCycloneWithOwn(card.content, card.pictures);
  const { state, head } = card;
  return {
    ...modelCard,
    properties: [
      ...properties,
      { name: 'assay:card:state', value: state },
      { name: 'assay:card:revision', value: String(head.revision) },
      { name: 'assay:card:recordSha256', value: card.recordSha256 },
      ...(head.approval === null
        ? []
        : [{ name: 'assay:card:approvedBy', value: head.approval.approvedBy }]),
    ],
  };
}

/** A card as it goes into an audit package: the same content gives the same bytes. */
export interface PackagedCard {
  readonly card: CardExport;
  readonly html: string;
}

/** The card of a version for an audit package; null while there is none. @throws AppFailure NOT_FOUND */
export function cardForPackage(ctx: AppContext, versionId: ModelVersionId): PackagedCard | null {
  const card = cardForExport(ctx, versionId);
  if (card === null) return null;
  const packaged = { ...card, exportedAtUtc: null };
  return { card: packaged, html: cardHtml(packaged) };
}

/**
 * Writes the card of a version into a file where the person says. File and audit event (with the file's
 * SHA-256) come into being together.
 *
 * @throws AppFailure NOT_FOUND, INSUFFICIENT_DATA (no card yet), CANCELLED (dialog closed), STORAGE (the
 *   file cannot be written, or nothing here can print; nothing is recorded then)
 */
export async function exportCard(
  ctx: AppContext,
  { versionId, format, which }: Input<'card.export'>,
): Promise<ExportedCard> {
  const card = cardForExport(ctx, versionId, which);
  if (card === null) {
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      'Nobody has written a card for this version yet. Nothing was written.',
      { n: 0, required: 1 },
    );
  }
  const { modelName, version, head } = card;
  const path = await ctx.ports.pickSaveFile({
    title: `Export the model card of ${modelName}, version ${version}`,
    extensions: [EXTENSIONS[format]],
    suggestedName: `${slugOf(`${modelName}-${version}`)}-card.${EXTENSIONS[format]}`,
  });
  if (path === null) throw new AppFailure('CANCELLED', 'No place was chosen. Nothing was written.');
  const bytes = await build(ctx, format, card);
  const file = {
    fileName: basename(path),
    format,
    revision: head.revision,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
  };
  writeRecordedFile(path, bytes, (publish) =>
    ctx.write('card.exported', versionId, { after: file }, publish),
  );
  return { path, ...file };
}

async function build(ctx: AppContext, format: CardFormat, card: CardExport): Promise<Uint8Array> {
  switch (format) {
    case 'json':
      return cardJson(card);
    case 'modelCardToolkit': {
      const identity = {
        modelName: card.modelName,
        versionName: String(card.version),
        date: card.registeredAtUtc.slice(0, 10),
      };
      return text(`${JSON.stringify(toToolkit(card.content, identity), null, 2)}\n`);
    }
    case 'huggingFace':
      return text(toHub(card.content, card.modelName, card.pictures));
    case 'html':
      return text(cardHtml(card));
    case 'pdf':
      return (await ctx.ports.printPdf(cardHtml(card, true))) ?? cannotPrint();
  }
}

function text(content: string): Uint8Array {
  return Buffer.from(content, 'utf8');
}

function cannotPrint(): never {
  throw new AppFailure(
    'STORAGE',
    'Nothing here can print to PDF; the desktop application can. Nothing was written. Export HTML instead and print that.',
  );
}

function slugOf(name: string): string {
  const slug = name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .toLowerCase();
  return slug === '' ? 'model' : slug;
}

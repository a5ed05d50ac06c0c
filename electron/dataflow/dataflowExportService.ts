import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { FLOW_MAP_ID } from '../../shared/dataflow/channels';
import type {
  dataflowExportChannels,
  RegisterFormat,
  WrittenFile,
} from '../../shared/dataflow/exportChannels';
import { viewOf } from '../../shared/dataflow/flowView';
import { mapSvg } from '../../shared/dataflow/mapSvg';
import { registerTable } from '../../shared/dataflow/registerText';
import { toCsv } from '../../shared/base/csvText';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { writeRecordedFile } from '../io/atomicWrite';
import { recordSignatures } from '../vault/signingService';
import { findContent, findNewestHead } from './dataflowRepo';
import { registerNow, registerSha256 } from './mapSigning';
import { registerHtml, type RegisterExport } from './registerHtml';

type Channels = typeof dataflowExportChannels;
type Input<K extends keyof Channels> = InputOf<Channels[K]>;

const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Writes the register of the saved map into a file where the person says. File and audit event (with the
 * file's SHA-256) come into being together.
 *
 * @throws AppFailure INSUFFICIENT_DATA (nothing is saved yet), CANCELLED (dialog closed), STORAGE (the file
 *   cannot be written, or nothing here can print; nothing is recorded then)
 */
export async function exportRegister(
  ctx: AppContext,
  { format }: Input<'dataflow.exportRegister'>,
): Promise<WrittenFile> {
  const { head, content } = savedMap(ctx);
  const register = registerNow(ctx, content);
  const exported: RegisterExport = {
    head,
    register,
    registerSha256: registerSha256(register),
    signatures: recordSignatures(ctx, 'dataflow.map', FLOW_MAP_ID),
    exportedAtUtc: ctx.nowUtc(),
    appVersion: ctx.ports.appVersion,
  };
  const target = {
    title: 'Export the records of processing activities',
    name: 'records-of-processing',
    extension: format,
    action: 'dataflow.registerExported',
    revision: head.revision,
  };
  return write(ctx, target, () => registerBytes(ctx, format, exported));
}

async function registerBytes(
  ctx: AppContext,
  format: RegisterFormat,
  exported: RegisterExport,
): Promise<Uint8Array> {
  switch (format) {
    case 'csv':
      return Buffer.from(`${toCsv(registerTable(exported.register))}\r\n`, 'utf8');
    case 'json':
      return Buffer.from(
        `${JSON.stringify({ format: 'assay-register', v: 1, ...exported }, null, 2)}\n`,
      );
    case 'html':
      return Buffer.from(registerHtml(exported, false), 'utf8');
    case 'pdf':
      return (await ctx.ports.printPdf(registerHtml(exported, true))) ?? cannotPrint();
  }
}

/**
 * Writes the saved map into a file where the person says: as data, or as a picture.
 *
 * @throws AppFailure INSUFFICIENT_DATA (nothing is saved yet), INVALID_INPUT (no picture where one is
 *   needed), CANCELLED (dialog closed), STORAGE
 */
export async function exportMap(
  ctx: AppContext,
  { format, pngBase64 }: Input<'dataflow.exportMap'>,
): Promise<WrittenFile> {
  const { head, content } = savedMap(ctx);
  const picture = Buffer.from(pngBase64 ?? '', 'base64');
  if (format === 'png' && !picture.subarray(0, PNG_START.length).equals(PNG_START))
    throw new AppFailure('INVALID_INPUT', 'This is no PNG picture. Nothing was written.');
  const target = {
    title: 'Export the data-flow map',
    name: 'data-flow-map',
    extension: format,
    action: 'dataflow.mapExported',
    revision: head.revision,
  };
  return write(ctx, target, () => {
    if (format === 'png') return Promise.resolve(picture);
    const text =
      format === 'svg'
        ? mapSvg(viewOf(content, { features: [], models: [] }))
        : `${JSON.stringify({ format: 'assay-data-flow-map', v: 1, head, content }, null, 2)}\n`;
    return Promise.resolve(Buffer.from(text, 'utf8'));
  });
}

function savedMap({ db }: AppContext) {
  const head = findNewestHead(db);
  const content = head === null ? null : findContent(db, head.revision);
  if (head === null || content === null)
    throw new AppFailure(
      'INSUFFICIENT_DATA',
      'No data-flow map is saved yet. Nothing was written. Draw it and save it first.',
      { n: 0, required: 1 },
    );
  return { head, content };
}

interface Target {
  readonly title: string;
  readonly name: string;
  readonly extension: string;
  readonly action: string;
  readonly revision: number;
}

async function write(
  ctx: AppContext,
  { title, name, extension, action, revision }: Target,
  build: () => Promise<Uint8Array>,
): Promise<WrittenFile> {
  const path = await ctx.ports.pickSaveFile({
    title,
    extensions: [extension],
    suggestedName: `${name}-r${revision}.${extension}`,
  });
  if (path === null) throw new AppFailure('CANCELLED', 'No place was chosen. Nothing was written.');
  const bytes = await build();
  const file = {
    fileName: basename(path),
    revision,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
  };
  writeRecordedFile(path, bytes, (publish) =>
    ctx.write(action, FLOW_MAP_ID, { after: file }, publish),
  );
  return { path, ...file };
}

function cannotPrint(): never {
  throw new AppFailure(
    'STORAGE',
    'Nothing here can print to PDF; the desktop application can. Nothing was written. Export HTML instead and print that.',
  );
}

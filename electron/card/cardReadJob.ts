import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import type { CardContent } from '../../shared/card/cardContent';
import type { ReadCard } from '../../shared/card/exchangeChannels';
import { badData, stopIfCancelled } from '../io/badData';
import type { JobScope } from '../workers/jobRunner';
import { CardDocument } from './cardJson';
import type { CleanPicture } from './cleanPicture';
import { CycloneModelCard, fromCyclone } from './cycloneCard';
import { dataPictures, withReferences } from './dataPictures';
import { fromHub } from './hubCard';
import { fromToolkit, ToolkitCard } from './toolkitCard';

/** A card as it was read, with its pictures. */
export interface ReadCardFile extends ReadCard {
  readonly pictures: readonly CleanPicture[];
}

const MAX_BYTES = 64 * 2 ** 20;

/** A document of CycloneDX, of which only model cards matter here. */
const Bom = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  components: z
    .array(z.looseObject({ modelCard: CycloneModelCard.optional() }))
    .max(100_000)
    .optional(),
});

/**
 * Reads a model card from a file: our own JSON, Google Model Card Toolkit, CycloneDX or a README.md with
 * front matter (job `card.read`). What it is, is told by what is in it.
 *
 * @returns the content as fields of ours, the file's fingerprint, and the pictures that stood in it, cleaned
 * @throws AppFailure BAD_DATA (too large, no text, no model card that we know), CANCELLED
 */
export async function readCard(
  { path }: { readonly path: string },
  scope: JobScope,
): Promise<ReadCardFile> {
  const name = basename(path);
  scope.progress({ fraction: null, activity: `Reading ${name}` });
  const { size } = await stat(path);
  if (size > MAX_BYTES) throw badData(name, 'It is larger than 64 MiB, which no model card is.');
  const bytes = await readFile(path);
  stopIfCancelled(scope.signal);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const text = decode(name, bytes);
  const pictures = dataPictures(text);
  return {
    file: { fileName: name, sha256, sizeBytes: bytes.length },
    ...parse(name, text, pictures),
    pictures: [...pictures.values()],
  };
}

function parse(
  name: string,
  text: string,
  pictures: ReadonlyMap<string, CleanPicture>,
): Pick<ReadCard, 'format' | 'content'> {
  if (/^\s*\{/u.test(text)) return parseJson(name, text);
  if (!/^---\r?\n/u.test(text) && !/^#\s/mu.test(text))
    throw badData(name, 'It is neither JSON nor a README.md with front matter and headings.');
  try {
    return {
      format: 'huggingFace',
      content: fromHub(text, (body) => withReferences(body, pictures)),
    };
  } catch (error) {
    throw badData(name, `Its front matter cannot be read: ${reasonOf(error)}.`);
  }
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badData(name, 'It is no text in UTF-8.');
  }
}

function parseJson(name: string, text: string): Pick<ReadCard, 'format' | 'content'> {
  const value = jsonOf(name, text);
  if (hasKey(value, 'format')) {
    const { content } = checked(name, 'a model card of Assay', CardDocument, value);
    return { format: 'json', content };
  }
  if (hasKey(value, 'bomFormat')) {
    const { components = [] } = checked(name, 'CycloneDX', Bom, value);
    const card = components.find(({ modelCard }) => modelCard !== undefined)?.modelCard;
    if (card === undefined) throw badData(name, 'No component of this BOM has a model card.');
    return { format: 'cyclonedx', content: contentOf(name, fromCyclone(card)) };
  }
  const card = checked(name, 'Model Card Toolkit v0.0.2', ToolkitCard, value);
  return { format: 'modelCardToolkit', content: contentOf(name, fromToolkit(card)) };
}

function jsonOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badData(name, 'It begins like JSON and is none.');
  }
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

function checked<T>(name: string, what: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw badData(
    name,
    `It is not ${what}: ${place === '' ? 'the outermost object' : `"${place}"`} is not as its schema says.`,
  );
}

/** Bounds of our own fields, which a foreign file may go beyond. */
function contentOf(name: string, content: CardContent): CardContent {
  return checked(name, 'a card of a size that can be kept', CardDocument.shape.content, content);
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : 'it is no YAML';
  return message.split('\n')[0] ?? message;
}

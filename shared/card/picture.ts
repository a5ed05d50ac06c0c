import { z } from 'zod';
import { Sha256Hex } from '../base/files';

/** A picture that prose of a card can show; it never changes, and its digest is its name. */
export const PictureFacts = z.strictObject({
  sha256: Sha256Hex,
  mediaType: z.enum(['image/png', 'image/jpeg']),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  sizeBytes: z.number().int().positive(),
});
export type PictureFacts = z.infer<typeof PictureFacts>;

const REFERENCE = /picture:([0-9a-f]{64})/gu;

/** Markdown that shows a picture of the workspace. */
export function pictureMarkdown(name: string, sha256: string): string {
  return `![${name.replaceAll(/[\\[\]]/gu, String.raw`\$&`)}](picture:${sha256})`;
}

/** Digests of the pictures that a text refers to, each once. */
export function picturesIn(text: string): string[] {
  return [...new Set([...text.matchAll(REFERENCE)].map(([, sha256 = '']) => sha256))];
}

/** The digest that an address names; null for any other address. */
export function pictureOf(address: string): string | null {
  return /^picture:([0-9a-f]{64})$/u.exec(address)?.[1] ?? null;
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CardContent } from '../../shared/card/cardContent';

/** A README with our whole card in a line of its front matter, and the digest of everything else. */
const KEY = 'assay-card';
const LINE = new RegExp(`^${KEY}: (.*)\\n`, 'mu');
const OwnCard = z.strictObject({ sha256: z.string(), content: CardContent });

/**
 * A README with our whole card beside what Hugging Face has a place for, so that nothing is lost between
 * two workspaces.
 *
 * @param front front matter as YAML with a line end
 */
export function withOwnCard(front: string, body: string, content: CardContent): string {
  // JSON in one line is YAML too, so other readers take it for one more key.
  const own = JSON.stringify({ sha256: digestOf(front, body), content });
  return `---\n${front}${KEY}: ${own}\n---\n${body}`;
}

/**
 * What a README says besides our own card, and that card where it still holds.
 *
 * @param front front matter as YAML with a line end
 * @returns `card` null where there is none, or somebody has changed the README since
 */
export function takeOwnCard(
  front: string,
  body: string,
): { readonly front: string; readonly card: CardContent | null } {
  const line = LINE.exec(front);
  if (line === null) return { front, card: null };
  const rest = front.replace(LINE, () => '');
  const own = OwnCard.safeParse(jsonOf(line[1] ?? ''));
  const isSame = own.success && own.data.sha256 === digestOf(rest, body);
  return { front: rest, card: isSame ? own.data.content : null };
}

function digestOf(front: string, body: string): string {
  return createHash('sha256').update(`---\n${front}---\n${body}`).digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

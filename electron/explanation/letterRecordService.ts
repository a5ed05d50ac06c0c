import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { PersonId, type ExplanationRequestId } from '../../shared/base/ids';
import { letterText } from '../../shared/explanation/letterText';
import type { AppContext, SignableRecord } from '../app/context';
import type { Db } from '../db/openDatabase';
import { findLetter, findNewestLetter, type StoredLetter } from './requestRepo';
import { requireRequest } from './requestService';

/** A letter as a record to sign: its digest, and everything it says to look at. */
export function signableLetter(ctx: AppContext, id: string): SignableRecord | null {
  const letter = findLetter(ctx.db, id);
  if (letter === null) return null;
  const head = requireRequest(ctx.db, letter.requestId as ExplanationRequestId); // a foreign key
  const text =
    letter.content === null
      ? [{ label: 'Letter', value: 'erased' }]
      : letterText(letter.content, false).map(({ title, paragraphs, table }) => ({
          label: title,
          value: [
            ...paragraphs,
            ...(table?.rows ?? []).map((row) => row.filter((cell) => cell !== '').join(' · ')),
          ]
            .join('\n')
            .replaceAll('`', ''),
        }));
  const isNewest = findNewestLetter(ctx.db, head.id)?.id === letter.id;
  return {
    title: `Letter ${letter.ordinal} on request ${head.reference}`,
    facts: [
      { label: 'Request', value: head.reference },
      { label: 'Model', value: `${head.modelName}, version ${head.version}` },
      ...text,
      { label: 'Digest of the letter', value: letter.contentSha256 },
    ],
    record: recordOf(letter),
    authors: [PersonId.parse(letter.writtenById)],
    meanings:
      isNewest && letter.content !== null && head.outcome === null
        ? ['approval', 'review', 'authorship']
        : [],
  };
}

/** What is signed: nothing of the person, so that it outlives what is erased. */
function recordOf({
  id,
  requestId,
  ordinal,
  contentSha256,
  writtenAtUtc,
  writtenById,
}: StoredLetter) {
  return { v: 1, id, requestId, ordinal, contentSha256, writtenAtUtc, writtenBy: writtenById };
}

/** What lies in the file of a signed letter; null when there is none. */
export function storedLetter(
  db: Db,
  id: string,
): { readonly canonicalJson: string; readonly sha256: string } | null {
  const letter = findLetter(db, id);
  if (letter === null) return null;
  const text = canonicalJson(recordOf(letter));
  return { canonicalJson: text, sha256: createHash('sha256').update(text).digest('hex') };
}

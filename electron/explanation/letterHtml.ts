import type { LetterContent } from '../../shared/explanation/letter';
import { letterText, type LetterSection } from '../../shared/explanation/letterText';
import { escapeHtml, htmlDocument, htmlTable, sentenceHtml } from '../io/htmlDocument';

/** A signature as it is printed (21 CFR 11.50). */
export interface PrintedSignature {
  readonly printedName: string;
  readonly meaning: string;
  readonly signedAtUtc: string;
  readonly keyId: string;
}

/**
 * A letter for the person concerned: one self-contained page without script or address.
 *
 * @param look.isRedacted the copy that leaves out what its author marked
 * @param look.isPaged true where the printer numbers the pages itself
 */
export function letterHtml(
  content: LetterContent,
  signatures: readonly PrintedSignature[],
  look: { readonly isRedacted: boolean; readonly isPaged: boolean },
): string {
  const { reference, receivedOn } = content;
  const copy = look.isRedacted ? ' This is a copy in which parts are left out; it says which.' : '';
  return htmlDocument(
    'How the decision about you came about',
    [
      `<p class="finding">${escapeHtml(`Your reference ${reference}; your request of ${receivedOn}.${copy}`)}</p>`,
      ...letterText(content, look.isRedacted).map(sectionHtml),
      '<h2>Signatures</h2>',
      htmlTable(
        ['Printed name', 'Meaning', 'Signed at (UTC)', 'Key'],
        signatures.map(({ printedName, meaning, signedAtUtc, keyId }) => [
          printedName,
          meaning,
          signedAtUtc.slice(0, 19).replace('T', ' '),
          `${keyId.slice(0, 16)}…`,
        ]),
      ),
    ],
    { isPaged: look.isPaged },
  );
}

function sectionHtml({ title, paragraphs, table }: LetterSection): string {
  return [
    `<h2>${escapeHtml(title)}</h2>`,
    ...paragraphs.flatMap((text) => text.split('\n')).map((text) => `<p>${sentenceHtml(text)}</p>`),
    ...(table === undefined ? [] : [htmlTable(table.header, table.rows)]),
  ].join('\n');
}

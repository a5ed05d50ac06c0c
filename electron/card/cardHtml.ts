import { formatCount, formatShare, formatStatistic } from '../../shared/base/formatNumber';
import type { CardFigure, SliceTable } from '../../shared/card/cardContent';
import { CARD_FIELDS, CARD_SECTIONS, isFilled, type CardField } from '../../shared/card/cardFields';
import { cardTexts } from '../../shared/card/cardTexts';
import type { FindPicture } from '../../shared/card/markupPolicy';
import { ownCompleteness } from '../../shared/card/frameworks';
import { sliceShares, type SliceVerdict } from '../../shared/card/sliceShares';
import { escapeHtml, htmlDocument, htmlTable } from '../io/htmlDocument';
import type { CardExport } from './cardExport';
import { markdownHtml } from './markdownHtml';

const MAX_PICTURE_CHARACTERS = 60_000_000;

/**
 * A card for people: one self-contained page without script or address, with the signatures under it.
 *
 * @param isPaged true where the printer numbers the pages itself
 */
export function cardHtml(card: CardExport, isPaged = false): string {
  const { modelName, version, content } = card;
  const findPicture = boundedPictures(card);
  const sections = CARD_SECTIONS.flatMap(({ key, title }) => {
    const fields = CARD_FIELDS.filter(({ section }) => section === key);
    const filled = fields.filter((field) => isFilled(content, field.key));
    const empty = fields.filter((field) => !filled.includes(field));
    return [
      `<h2>${escapeHtml(title)}</h2>`,
      ...filled.map((field) => fieldHtml(card, field, findPicture)),
      ...(empty.length === 0
        ? []
        : [`<p class="unsaid">Nothing said: ${empty.map(({ label }) => label).join(', ')}.</p>`]),
    ];
  });
  return htmlDocument(
    `Model card: ${modelName}, version ${version}`,
    [
      `<p class="finding">${escapeHtml(standing(card))}</p>`,
      aboutTable(card),
      '<h2>Signatures</h2>',
      signatureTable(card),
      ...sections,
    ],
    { isPaged },
  );
}

/** Pictures for one page; a picture shown a thousand times would make it too large to open. */
function boundedPictures({ pictures }: CardExport): FindPicture {
  let left = MAX_PICTURE_CHARACTERS;
  return (sha256) => {
    const address = pictures[sha256];
    if (address === undefined || address.length > left) return null;
    left -= address.length;
    return address;
  };
}

function standing({ state, head, stale, content }: CardExport): string {
  const { nMet, nPoints } = ownCompleteness(content);
  const said = `${nMet} of ${nPoints} fields say something.`;
  const { approval, revision } = head;
  if (state === 'draft' || approval === null)
    return `Draft, revision ${revision}, not approved. ${said}`;
  const by = `Revision ${revision}, approved by ${approval.approvedBy}.`;
  if (state === 'approved') return `${by} ${said}`;
  return `${by} Stale: ${stale.length} of its figures ${stale.length === 1 ? 'is' : 'are'} not what the evidence says now. ${said}`;
}

function aboutTable(card: CardExport): string {
  const { head } = card;
  return htmlTable(
    ['About', ''],
    [
      ['Model', card.modelName],
      ['Version', `${card.version}, registered ${instantWords(card.registeredAtUtc)} UTC`],
      ['Snapshot (SHA-256)', card.snapshotSha256],
      [
        'Card',
        `revision ${head.revision}, saved by ${head.savedBy}, ${instantWords(head.savedAtUtc)} UTC`,
      ],
      ['Record of the card (SHA-256)', card.recordSha256],
      [
        'Exported (UTC)',
        `${card.exportedAtUtc === null ? 'with the package' : instantWords(card.exportedAtUtc)}, by Assay ${card.appVersion}`,
      ],
    ],
  );
}

/** Printed name, time and meaning of every signature (21 CFR 11.50). */
function signatureTable({ signatures }: CardExport): string {
  if (signatures.length === 0) return '<p>Nobody has signed this revision.</p>';
  return htmlTable(
    ['Printed name', 'Meaning', 'Reason', 'Signed at (UTC)', 'Key'],
    signatures.map(({ printedName, meaning, reason, signedAtUtc, keyId, keyRevokedAtUtc }) => [
      printedName,
      meaning,
      reason,
      instantWords(signedAtUtc),
      keyRevokedAtUtc === null ? keyId : `${keyId} (revoked ${keyRevokedAtUtc})`,
    ]),
  );
}

function fieldHtml(
  card: CardExport,
  { key, kind, label }: CardField,
  findPicture: FindPicture,
): string {
  const { content } = card;
  const title = `<h3>${escapeHtml(label)}</h3>`;
  const value = content[key];
  if (key === 'figures') return `${title}\n${figureTable(card)}`;
  if (key === 'sliceTables') return `${title}\n${content.sliceTables.map(sliceHtml).join('\n')}`;
  if (typeof value === 'string')
    return `${title}\n${kind === 'line' ? `<p>${escapeHtml(value)}</p>` : markdownHtml(value, findPicture)}`;
  const items = cardTexts(content, key).map(({ text }) => `<li>${escapeHtml(text)}</li>`);
  return `${title}\n<ul>${items.join('')}</ul>`;
}

function figureTable({ content, stale }: CardExport): string {
  const staleOf = new Map(stale.map((one) => [one.figureId, one]));
  const header = ['Figure', 'Value', 'Evidence', 'As of (UTC)'];
  const rows = content.figures.map((figure) => {
    const found = staleOf.get(figure.id);
    const now = found === undefined ? '' : `STALE: ${found.now?.value ?? 'no evidence any more'}`;
    return [
      figure.slice === '' ? figure.name : `${figure.name}, ${figure.slice}`,
      valueWords(figure),
      figure.evidence === null ? `typed. ${figure.source}` : figure.source,
      figure.asOfUtc === null ? '' : instantWords(figure.asOfUtc),
      ...(stale.length === 0 ? [] : [now]),
    ];
  });
  return htmlTable(stale.length === 0 ? header : [...header, 'Now'], rows);
}

/** `2026-01-02 03:04:05`, in a column or sentence that names the zone. */
function instantWords(instant: string): string {
  return instant.slice(0, 19).replace('T', ' ');
}

function valueWords({ value, low, high }: CardFigure): string {
  return low === '' && high === '' ? value : `${value} [${low}, ${high}]`;
}

const READINGS: Readonly<Record<SliceVerdict, string>> = {
  reference: 'reference',
  within: 'within 0.8 to 1.25',
  outside: 'outside 0.8 to 1.25',
  tooFew: 'too few rows to say',
};

function sliceHtml(table: SliceTable): string {
  const rows = sliceShares(table).map(({ group, count, n, share, interval, ...slice }) => [
    group,
    `${formatCount(count)} / ${formatCount(n)}`,
    share === null || interval === null
      ? ''
      : `${formatShare(share)} [${formatShare(interval[0])}, ${formatShare(interval[1])}]`,
    ratioWords(slice.ratio, slice.ratioInterval),
    READINGS[slice.verdict],
  ]);
  const source = table.source === '' ? '' : ` Counts: ${table.source}.`;
  return `<p>${escapeHtml(`${table.metric} by ${table.attribute}, compared with ${table.referenceGroup}.${source} Intervals: 95 %, Wilson; of the ratio, MOVER-R.`)}</p>
${htmlTable(['Group', 'Cases / rows', 'Share', 'Ratio', 'Reading'], rows)}`;
}

function ratioWords(ratio: number | null, interval: readonly [number, number] | null): string {
  if (interval === null) return '';
  const high = Number.isFinite(interval[1]) ? formatStatistic(interval[1]) : 'no end';
  const shown = ratio === null ? 'unknown' : formatStatistic(ratio);
  return `${shown} [${formatStatistic(interval[0])}, ${high}]`;
}

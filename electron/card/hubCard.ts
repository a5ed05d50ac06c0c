import { emptyCard, type CardContent, type CardDataset } from '../../shared/card/cardContent';
import type { Pictures } from './cardExport';
import { readBullets, writeBullets } from './bulletList';
import {
  dumpFrontMatter,
  fromFrontMatter,
  parseFrontMatter,
  toFrontMatter,
} from './hubFrontMatter';
import { takeOwnCard, withOwnCard } from './hubOwnCard';
import { HUB_SECTIONS, sectionOf, type HubPart, type HubSection } from './hubSections';

const NOTHING = '[More Information Needed]';

/**
 * A README.md of a model on Hugging Face as our card.
 *
 * Front matter and the headings of the template are mapped; what stands below a heading that we do not know
 * stays in the field above it, with its heading, so no text is lost. One that Assay wrote and nobody has
 * changed holds our card as it was.
 *
 * @param withoutData puts references in place of pictures, which are too long for a field
 * @throws Error with one line that says what is wrong with the front matter
 */
export function fromHub(
  readme: string,
  withoutData: (text: string) => string = (text) => text,
): CardContent {
  const text = readme.replaceAll('\r\n', '\n').replace(/^\uFEFF/u, '');
  const match = /^---\n([\s\S]*?)^---[ \t]*(?:\n|$)/mu.exec(text);
  const body = text.slice(match?.[0].length ?? 0);
  const { front, card: own } = takeOwnCard(match?.[1] ?? '', body);
  if (own !== null) return own;
  const said = front.trim() === '' ? {} : fromFrontMatter(parseFrontMatter(front));
  const content = { ...emptyCard(), ...said };
  return splitSections(withoutData(body).replace(/<!--[\s\S]*?-->/gu, '')).reduce(
    (card, { section, lines }) => take(card, section, cleaned(lines)),
    content,
  );
}

/**
 * Our card as a README.md in the order of Hugging Face's template. Structured parts become lists and tables
 * for people; our whole card stands in the front matter.
 *
 * @param pictures those of the card; they are written into the text
 */
export function toHub(content: CardContent, modelName: string, pictures: Pictures = {}): string {
  const front = dumpFrontMatter(toFrontMatter(content, modelName));
  const sections = HUB_SECTIONS.flatMap((section) => {
    const text = written(content, section);
    return [`${'#'.repeat(section.level)} ${section.heading}`, ...(text === '' ? [] : [text])];
  });
  const overview = content.overview.trim() === '' ? NOTHING : escaped(content.overview);
  const body = `\n# Model Card for ${modelName}\n\n${overview}\n\n${sections.join('\n\n')}\n`;
  return withOwnCard(front, withPictures(body, pictures), content);
}

function withPictures(body: string, pictures: Pictures): string {
  return body.replaceAll(
    /\(picture:([0-9a-f]{64})\)/gu,
    (reference, sha256: string) => `(${pictures[sha256] ?? reference.slice(1, -1)})`,
  );
}

interface Part {
  /** Null for what stands before the first heading that we know. */
  readonly section: HubSection | null;
  readonly lines: string[];
}

function splitSections(body: string): Part[] {
  const parts: Part[] = [{ section: null, lines: [] }];
  let isCode = false;
  for (const line of body.split('\n')) {
    if (/^\s*(```|~~~)/u.test(line)) isCode = !isCode;
    const heading = isCode ? null : (/^#{1,6}\s+(.*)$/u.exec(line)?.[1] ?? null);
    const section = heading === null ? null : sectionOf(heading);
    if (section === null) parts.at(-1)?.lines.push(line);
    else parts.push({ section, lines: [] });
  }
  return parts;
}

function cleaned(lines: readonly string[]): string {
  const text = lines
    .filter((line) => !/^#\s+Model Card for /u.test(line))
    .join('\n')
    .trim();
  return text === NOTHING ? '' : text.replace(/^\\(?=#)/gmu, '');
}

function take(card: CardContent, section: HubSection | null, text: string): CardContent {
  if (text === '') return card;
  if (section === null) return { ...card, overview: join(card.overview, text) };
  if ('prose' in section) return { ...card, [section.prose]: join(card[section.prose], text) };
  if ('texts' in section)
    return { ...card, [section.texts]: [...card[section.texts], ...items(text)] };
  if ('group' in section) return { ...card, moreInformation: join(card.moreInformation, text) };
  return { ...card, ...takePart(card, section.part, text) };
}

function takePart(card: CardContent, part: HubPart, text: string): Partial<CardContent> {
  switch (part) {
    case 'owners':
    case 'contacts':
      return { [part]: [...card[part], ...items(text).map(personOf)] };
    case 'risks':
      return { risks: [...card.risks, ...items(text).map(riskOf)] };
    case 'fairness':
      return { fairness: [...card.fairness, ...items(text).map(assessmentOf)] };
    case 'slices':
      return { fairnessNotes: join(card.fairnessNotes, text) };
    case 'citations':
      return { citations: [...card.citations, ...items(text).map(citationOf)] };
    case 'training':
    case 'evaluation':
      return { datasets: [...card.datasets, ...items(text).map((item) => datasetOf(part, item))] };
  }
}

function join(before: string, text: string): string {
  return before === '' ? text : `${before}\n\n${text}`;
}

/** The items of a list, or the whole text where it is none. */
function items(text: string): string[] {
  return (readBullets(text) ?? [text]).filter((item) => item.trim() !== '');
}

const CONTACT = '\n\nContact: ';
const MITIGATION = '\n\nMitigation: ';
const BENEFITS = '\n\nBenefits: ';
const HARMS = '\n\nHarms: ';

function personOf(item: string): CardContent['owners'][number] {
  const [name, contact] = halves(item, CONTACT);
  return { name, contact };
}

function riskOf(item: string): CardContent['risks'][number] {
  const [name, mitigation] = halves(item, MITIGATION);
  return { name, mitigation };
}

function assessmentOf(item: string): CardContent['fairness'][number] {
  const [others, mitigation] = halves(item, MITIGATION);
  const [about, harms] = halves(others, HARMS);
  const [groupAtRisk, benefits] = halves(about, BENEFITS);
  return { groupAtRisk, benefits, harms, mitigation };
}

/** What stands before and after a mark; nothing after it where the mark is not there. */
function halves(item: string, mark: string): [string, string] {
  const at = item.indexOf(mark);
  return at < 0 ? [item, ''] : [item.slice(0, at), item.slice(at + mark.length)];
}

function citationOf(item: string): CardContent['citations'][number] {
  const match = /^\(([^()\n]+)\) ([\s\S]+)$/u.exec(item);
  return match === null
    ? { style: '', text: item }
    : { style: match[1] ?? '', text: match[2] ?? '' };
}

function datasetOf(role: CardDataset['role'], item: string): CardDataset {
  const empty = { role, link: '', digest: '', sensitive: [], carried: '' };
  const match = /^\*\*([^*\n]+)\*\*(?: \(([^()\n]+)\))?(?:: ([\s\S]*))?$/u.exec(item);
  if (match === null) return { ...empty, name: '', description: item };
  return {
    ...empty,
    name: match[1] ?? '',
    digest: match[2] ?? '',
    description: match[3] ?? '',
  };
}

function written(content: CardContent, section: HubSection): string {
  if ('group' in section) return '';
  if ('prose' in section) return orNothing(escaped(content[section.prose]));
  if ('texts' in section) return orNothing(list(content[section.texts]));
  if (section.part === 'slices') return orNothing(content.sliceTables.map(sliceTable).join('\n\n'));
  return orNothing(list(partTexts(content, section.part)));
}

function partTexts(content: CardContent, part: Exclude<HubPart, 'slices'>): readonly string[] {
  switch (part) {
    case 'owners':
    case 'contacts':
      return content[part].map(({ name, contact }) =>
        contact === '' ? name : `${name}${CONTACT}${contact}`,
      );
    case 'risks':
      return content.risks.map(({ name, mitigation }) =>
        mitigation === '' ? name : `${name}${MITIGATION}${mitigation}`,
      );
    case 'fairness':
      return content.fairness.map(({ groupAtRisk, benefits, harms, mitigation }) =>
        [
          groupAtRisk,
          ...(benefits === '' ? [] : [BENEFITS, benefits]),
          ...(harms === '' ? [] : [HARMS, harms]),
          ...(mitigation === '' ? [] : [MITIGATION, mitigation]),
        ].join(''),
      );
    case 'citations':
      return content.citations.map(({ style, text }) =>
        style === '' ? text : `(${style}) ${text}`,
      );
    case 'training':
    case 'evaluation':
      return content.datasets
        .filter(({ role, link }) => role === part && !link.startsWith('https://huggingface.co/'))
        .map(datasetText);
  }
}

function datasetText({ name, digest, description }: CardDataset): string {
  if (name === '') return description;
  const head = `**${name}**${digest === '' ? '' : ` (${digest})`}`;
  return description === '' ? head : `${head}: ${description}`;
}

/** Shares per group as a table for people. */
function sliceTable(table: CardContent['sliceTables'][number]): string {
  const { metric, attribute, referenceGroup, source, groups } = table;
  const compared = referenceGroup === '' ? '' : `, compared with ${referenceGroup}`;
  const rows = groups.map(({ group, count, n }) => [group, String(count), String(n)]);
  return [
    oneLine(`${metric} by ${attribute}${compared}.${source === '' ? '' : ` Counts: ${source}.`}`),
    '',
    ...[['Group', 'Cases', 'Rows'], ['---', '---:', '---:'], ...rows].map(
      (cells) => `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`,
    ),
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ');
}

function list(texts: readonly string[]): string {
  return writeBullets(texts.map(escaped));
}

function orNothing(text: string): string {
  return text.trim() === '' ? NOTHING : text;
}

/** Prose whose own headings are not taken for those of the template. */
function escaped(text: string): string {
  return text.replace(/^(?=#{1,6}\s+(.*)$)/gmu, (_none, heading: string) =>
    sectionOf(heading) === null ? '' : '\\',
  );
}

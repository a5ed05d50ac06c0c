import { pictureOf } from './picture';

/**
 * What Markdown of a card may become: text, lists, tables and code; no address that anything could be
 * loaded from or sent to. Read by the window and by the printed document alike.
 */
export const MARKUP_SCHEMA = {
  tagNames: [
    'p br hr h1 h2 h3 h4 h5 h6 blockquote pre code strong em del sub sup ul ol li a img',
    'table thead tbody tr th td',
  ].flatMap((names) => names.split(' ')),
  attributes: { a: ['href'], img: ['src', 'alt'], th: ['align'], td: ['align'] },
  protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https', 'data', 'picture'] },
  ancestors: {
    tbody: ['table'],
    td: ['table'],
    th: ['table'],
    thead: ['table'],
    tr: ['table'],
    li: ['ol', 'ul'],
  },
  strip: ['script', 'style', 'iframe', 'object', 'embed', 'svg', 'math', 'template', 'noscript'],
  clobber: [],
  clobberPrefix: '',
  required: {},
  allowComments: false,
  allowDoctypes: false,
};

/** A part of an HTML tree, as `hast` has it. */
interface MarkupNode {
  readonly type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: MarkupNode[];
}

/** 1 MiB in base64. */
const MAX_IMAGE_CHARACTERS = 1_400_000;
/** The first bytes of a file in base64, by its type. */
const IMAGE_STARTS: Readonly<Record<string, string>> = { png: 'iVBORw0KGgo', jpeg: '/9j/' };
/** A page has one title and sections below it; what prose calls a heading comes below those. */
const HEADINGS: Readonly<Record<string, string>> = {
  h1: 'h4',
  h2: 'h5',
  h3: 'h6',
  h4: 'h6',
  h5: 'h6',
};

/** The data address of a picture of the workspace, by its digest; null for one that is not there. */
export type FindPicture = (sha256: string) => string | null;

/**
 * Takes every address out of sanitised markup: links become their text with the address as words, pictures
 * stay when they are PNG or JPEG, embedded or of the workspace, and are named otherwise. It changes the tree
 * that it is given.
 */
export function withoutAddresses(tree: MarkupNode, findPicture: FindPicture): void {
  for (const node of tree.children ?? []) {
    withoutAddresses(node, findPicture);
    if (node.tagName === 'a') linkToText(node);
    else if (node.tagName === 'img') pictureOrText(node, findPicture);
    else if (node.tagName !== undefined) node.tagName = HEADINGS[node.tagName] ?? node.tagName;
  }
}

function linkToText(node: MarkupNode): void {
  const href = textOf(node.properties?.['href']);
  const shown = (node.children ?? []).map(plainText).join('');
  node.tagName = 'span';
  node.properties = {};
  if (href !== '' && href !== shown && href !== `mailto:${shown}`)
    node.children = [...(node.children ?? []), text(` (${href})`)];
}

function pictureOrText(node: MarkupNode, findPicture: FindPicture): void {
  const address = textOf(node.properties?.['src']);
  const alt = textOf(node.properties?.['alt']);
  const sha256 = pictureOf(address);
  const src = sha256 === null ? address : (findPicture(sha256) ?? '');
  if (isEmbeddedPicture(src)) {
    node.properties = { src, alt };
    return;
  }
  const where = src === '' || src.startsWith('data:') ? '' : ` (${src})`;
  node.tagName = 'span';
  node.properties = {};
  node.children = [text(`[Picture left out: ${alt === '' ? 'no name' : alt}${where}]`)];
}

/** Whether an address is a whole PNG or JPEG of bounded size by its type and its first bytes. */
export function isEmbeddedPicture(src: string): boolean {
  if (src.length > MAX_IMAGE_CHARACTERS) return false;
  const match = /^data:image\/(png|jpeg);base64,([A-Za-z0-9+/]+={0,2})$/u.exec(src);
  const start = IMAGE_STARTS[match?.[1] ?? ''];
  return start !== undefined && (match?.[2]?.startsWith(start) ?? false);
}

function plainText(node: MarkupNode): string {
  return node.value ?? (node.children ?? []).map(plainText).join('');
}

function text(value: string): MarkupNode {
  return { type: 'text', value };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

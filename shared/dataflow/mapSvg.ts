import { countryName } from './countries';
import {
  NODE_SIZE,
  type FlowBoundary,
  type FlowMap,
  type FlowNode,
  type NodeKind,
} from './flowMap';
import { flowName, type FlowView, type ResolvedFlow } from './flowView';

const MARGIN = 32;
const NAME_LENGTH = 24;
const LABEL_LENGTH = 34;
const KINDS: Readonly<Record<NodeKind, string>> = {
  subjects: 'Data subjects',
  system: 'System',
  store: 'Store',
  processor: 'Processor',
  recipient: 'Recipient',
};

/** Size of the picture in pixels at its natural scale. */
export function mapSize({ nodes, boundaries }: FlowMap): {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
} {
  const boxes = [...boundaries, ...nodes.map(({ x, y }) => ({ x, y, ...NODE_SIZE }))];
  if (boxes.length === 0) return { left: 0, top: 0, width: 2 * MARGIN, height: 2 * MARGIN };
  const left = boxes.reduce((least, { x }) => Math.min(least, x), Infinity) - MARGIN;
  const top = boxes.reduce((least, { y }) => Math.min(least, y), Infinity) - MARGIN;
  const right = boxes.reduce((most, { x, width }) => Math.max(most, x + width), -Infinity);
  const bottom = boxes.reduce((most, { y, height }) => Math.max(most, y + height), -Infinity);
  return { left, top, width: right + MARGIN - left, height: bottom + MARGIN - top };
}

/**
 * The map as a self-contained picture: no script, no address, text as text.
 *
 * Cost: O(nodes + flows)
 */
export function mapSvg({ map, flows }: FlowView): string {
  const { left, top, width, height } = mapSize(map);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="Inter, system-ui, sans-serif" role="img" aria-label="Data-flow map: ${map.nodes.length} elements, ${flows.length} flows">
<defs><marker id="end" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L10 5L0 10z" fill="#495057"/></marker></defs>
<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#ffffff"/>
${[...map.boundaries.map(boundarySvg), ...flows.map(flowSvg), ...map.nodes.map(nodeSvg)].join('\n')}
</svg>
`;
}

function boundarySvg({ kind, name, country, x, y, width, height }: FlowBoundary): string {
  const dashes = kind === 'trust' ? ' stroke-dasharray="8 5"' : '';
  const words = country === null ? name : `${name}, ${countryName(country)}`;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="none" stroke="#868e96" stroke-width="2"${dashes}/><text x="${x + 10}" y="${y + 20}" font-size="12" font-weight="600" fill="#343a40">${escapeXml(words)}</text>`;
}

function nodeSvg({ kind, name, country, x, y }: FlowNode): string {
  const { width, height } = NODE_SIZE;
  const words = country === null ? KINDS[kind] : `${KINDS[kind]}, ${countryName(country)}`;
  return `<g><title>${escapeXml(name)}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${kind === 'subjects' ? 30 : 4}" fill="#ffffff" stroke="#495057"/><text x="${x + width / 2}" y="${y + 27}" text-anchor="middle" font-size="13" font-weight="600" fill="#212529">${escapeXml(shortened(name, NAME_LENGTH))}</text><text x="${x + width / 2}" y="${y + 45}" text-anchor="middle" font-size="11" fill="#495057">${escapeXml(shortened(words, NAME_LENGTH + 4))}</text></g>`;
}

function flowSvg(one: ResolvedFlow): string {
  const { flow, from, to, isTransfer } = one;
  const start = { x: from.x + NODE_SIZE.width, y: from.y + NODE_SIZE.height / 2 };
  const end = { x: to.x, y: to.y + NODE_SIZE.height / 2 };
  const bend = Math.max(40, Math.abs(end.x - start.x) / 2);
  const path = `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
  const label = shortened(flow.name === '' ? flow.purpose : flow.name, LABEL_LENGTH);
  const dashes = isTransfer ? ' stroke-dasharray="7 4"' : '';
  return `<g><title>${escapeXml(flowName(one))}</title><path d="${path}" fill="none" stroke="#495057" stroke-width="1.5"${dashes} marker-end="url(#end)"/><text x="${(start.x + end.x) / 2}" y="${(start.y + end.y) / 2 - 6}" text-anchor="middle" font-size="11" fill="#212529" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escapeXml(label)}</text></g>`;
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/gu, (character) => ENTITIES[character] ?? character);
}

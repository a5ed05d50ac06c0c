import { z } from 'zod';
import { FeatureId, ModelId } from '../base/ids';
import { PlainText } from '../base/text';
import { CalendarDay } from '../base/time';
import { LawfulBasis, Sensitivity, SpecialCondition } from '../feature/feature';
import { CountryCode } from './countries';
import { TransferMechanism } from './transferMechanism';

/** Names a system, a boundary or a flow inside the map, for as long as the map lives. */
export const FlowElementId = z.uuid().brand('FlowElementId');
export type FlowElementId = z.infer<typeof FlowElementId>;

const Line = z.string().trim().max(500);
const Prose = z.string().trim().max(5000);
const Name = z.string().trim().min(1).max(200).pipe(PlainText);
const Tags = z.array(z.string().trim().min(1).max(200).pipe(PlainText)).max(100).readonly();
/** In units of the canvas, far enough for any map. */
const Position = z.number().min(-1e6).max(1e6);

/**
 * What stands on the map: the people whom the data are about, a system that works on data, a store that keeps
 * them, a processor (GDPR Art. 4(8)) who works for somebody, a recipient (Art. 4(9)) who gets them.
 */
export const NODE_KINDS = ['subjects', 'system', 'store', 'processor', 'recipient'] as const;
export const NodeKind = z.enum(NODE_KINDS);
export type NodeKind = z.infer<typeof NodeKind>;

/** The contract with a processor (GDPR Art. 28(3)). */
const ProcessorContract = z.strictObject({
  /** Where it can be found; empty: there is none. */
  reference: Line,
  /** Its last day; null: it has no end. */
  expiresOn: CalendarDay.nullable(),
});

export const FlowNode = z.strictObject({
  id: FlowElementId,
  kind: NodeKind,
  name: Name,
  description: Prose,
  /** Who answers for it, and how to reach them. */
  contact: Line,
  /** Where it stands; null: where its boundary stands, or nobody has said so. */
  country: CountryCode.nullable(),
  /** The boundary that it lies in. */
  boundaryId: FlowElementId.nullable(),
  /** The model that runs in it. */
  modelId: ModelId.nullable(),
  /** Of a processor. */
  contract: ProcessorContract,
  x: Position,
  y: Position,
});
export type FlowNode = z.infer<typeof FlowNode>;

export const BOUNDARY_KINDS = ['trust', 'country'] as const;
export const BoundaryKind = z.enum(BOUNDARY_KINDS);
export type BoundaryKind = z.infer<typeof BoundaryKind>;

/** A line around what belongs together: one zone of trust, or one country. */
export const FlowBoundary = z.strictObject({
  id: FlowElementId,
  kind: BoundaryKind,
  name: Name,
  /** Of everything in it that says nothing else. */
  country: CountryCode.nullable(),
  x: Position,
  y: Position,
  width: z.number().min(40).max(1e6),
  height: z.number().min(40).max(1e6),
});
export type FlowBoundary = z.infer<typeof FlowBoundary>;

/** Under which rule data leave the EEA (GDPR Chapter V). */
const Transfer = z.strictObject({
  /** Null while nobody has said so. */
  mechanism: TransferMechanism.nullable(),
  /** Where the safeguards are documented (Art. 30(1)(e)). */
  document: Line,
  /** Its last day; null: it has no end. */
  expiresOn: CalendarDay.nullable(),
});

export const Flow = z.strictObject({
  id: FlowElementId,
  fromId: FlowElementId,
  toId: FlowElementId,
  name: Line,
  dataCategories: Tags,
  subjectCategories: Tags,
  /** What the data say about people, beside what the features say. */
  sensitivity: Sensitivity,
  featureIds: z.array(FeatureId).max(2000).readonly(),
  purpose: Line,
  lawfulBasis: LawfulBasis.nullable(),
  specialCondition: SpecialCondition.nullable(),
  /** Where it is on record that people consented (Art. 7(1)). */
  consentRecord: Line,
  /** How long the data are kept where they arrive, in days; null while nobody has said so. */
  retentionDays: z.number().int().positive().max(36_525).nullable(),
  /** Categories of recipients, beside the end of the flow. */
  recipients: Tags,
  transfer: Transfer,
  /** Technical and organisational measures (Art. 32(1)). */
  securityMeasures: Tags,
  /** The controller whose data these are, by name; empty: the organisation's own. */
  onBehalfOf: Line,
});
export type Flow = z.infer<typeof Flow>;

/** Somebody whom a register must name (GDPR Art. 30(1)(a), 30(2)(a)). */
export const Party = z.strictObject({ name: Line, contact: Line });
export type Party = z.infer<typeof Party>;

export const Organisation = z.strictObject({
  ...Party.shape,
  /** In the Union, where the organisation is not (Art. 27). */
  representative: Line,
  dataProtectionOfficer: Line,
  jointControllers: z.array(Party).max(50).readonly(),
  /** Those for whom the organisation processes data. */
  controllers: z
    .array(Party.extend({ representative: Line, dataProtectionOfficer: Line }))
    .max(500)
    .readonly(),
});
export type Organisation = z.infer<typeof Organisation>;

/** Where data about people come from, where they go, why and under which rules. */
export const FlowMap = z
  .strictObject({
    organisation: Organisation,
    boundaries: z.array(FlowBoundary).max(1000).readonly(),
    nodes: z.array(FlowNode).max(5000).readonly(),
    flows: z.array(Flow).max(10_000).readonly(),
  })
  .superRefine((map, issues) => {
    const message = danglingReference(map);
    if (message !== null) issues.addIssue({ code: 'custom', message });
  });
export type FlowMap = z.infer<typeof FlowMap>;

/** Says which reference leads nowhere, or that an identifier stands twice; null when all is well. */
function danglingReference({
  boundaries,
  nodes,
  flows,
}: Pick<FlowMap, 'boundaries' | 'nodes' | 'flows'>): string | null {
  const ids = [...boundaries, ...nodes, ...flows].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return 'An element of the map stands in it twice.';
  const nodeIds = new Set(nodes.map(({ id }) => id));
  const boundaryIds = new Set(boundaries.map(({ id }) => id));
  const loose = nodes.find((one) => one.boundaryId !== null && !boundaryIds.has(one.boundaryId));
  if (loose !== undefined) return `"${loose.name}" lies in a boundary that is not on the map.`;
  const open = flows.find(({ fromId, toId }) => !nodeIds.has(fromId) || !nodeIds.has(toId));
  return open === undefined ? null : `The flow "${open.name}" begins or ends outside the map.`;
}

export const EMPTY_MAP: FlowMap = {
  organisation: {
    name: '',
    contact: '',
    representative: '',
    dataProtectionOfficer: '',
    jointControllers: [],
    controllers: [],
  },
  boundaries: [],
  nodes: [],
  flows: [],
};

/** A node of a kind that says nothing yet. */
export function newNode(
  id: FlowElementId,
  kind: NodeKind,
  name: string,
  at: { readonly x: number; readonly y: number },
): FlowNode {
  return {
    id,
    kind,
    name,
    description: '',
    contact: '',
    country: null,
    boundaryId: null,
    modelId: null,
    contract: { reference: '', expiresOn: null },
    ...at,
  };
}

/** A flow that says nothing yet; until somebody says otherwise its data are about people. */
export function newFlow(id: FlowElementId, fromId: FlowElementId, toId: FlowElementId): Flow {
  return {
    id,
    fromId,
    toId,
    name: '',
    dataCategories: [],
    subjectCategories: [],
    sensitivity: 'personal',
    featureIds: [],
    purpose: '',
    lawfulBasis: null,
    specialCondition: null,
    consentRecord: '',
    retentionDays: null,
    recipients: [],
    transfer: { mechanism: null, document: '', expiresOn: null },
    securityMeasures: [],
    onBehalfOf: '',
  };
}

/** Size of a node on the canvas and in pictures, in units of the canvas. */
export const NODE_SIZE = { width: 176, height: 60 } as const;

import { z } from 'zod';
import { CalendarDay, UtcInstant } from '../base/time';
import { ReasonText } from '../base/text';
import { channel } from '../ipc/channel';
import { Reason } from '../registry/lifecycle';
import { ROLES } from '../vault/person';
import { Acceptance } from './finding';
import { FlowFacts } from './flowFacts';
import { FlowMap } from './flowMap';

const Count = z.number().int().nonnegative();
const Revision = z.number().int().positive();

/** The map is one per workspace; signatures and events name it so. */
export const FLOW_MAP_ID = 'dataflow-map';

export const FlowMapRevision = z.strictObject({
  revision: Revision,
  reason: ReasonText,
  savedAtUtc: UtcInstant,
  savedBy: z.string(),
  /** SHA-256 of the content's canonical JSON. */
  contentSha256: z.string(),
  nNodes: Count,
  nFlows: Count,
  /** Who approved it by their signature; null: nobody. */
  approvedBy: z.string().nullable(),
});
export type FlowMapRevision = z.infer<typeof FlowMapRevision>;

export const SavedFlowMap = z.strictObject({
  /** Null while nothing has been saved. */
  head: FlowMapRevision.nullable(),
  content: FlowMap,
  facts: FlowFacts,
  /** Newest first. */
  acceptances: z.array(Acceptance).readonly(),
});
export type SavedFlowMap = z.infer<typeof SavedFlowMap>;

export const dataflowChannels = {
  /** The map as it was saved last, with what findings about it rest on. */
  'dataflow.get': channel({
    input: z.strictObject({}),
    output: SavedFlowMap,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** Revisions of the map, newest first. */
  'dataflow.listRevisions': channel({
    input: z.strictObject({}),
    output: z.array(FlowMapRevision).readonly(),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** The map as one revision of it was. */
  'dataflow.getRevision': channel({
    input: z.strictObject({ revision: Revision }),
    output: z.strictObject({ head: FlowMapRevision, content: FlowMap }),
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Saves the map as a new revision. CONFLICT carries the `current` head. */
  'dataflow.save': channel({
    input: z.strictObject({
      /** The revision that was changed; 0: nothing was saved before. */
      revision: Count,
      content: FlowMap,
      reason: Reason,
    }),
    output: SavedFlowMap,
    allow: ['analyst', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['CONFLICT'],
  }),
  /** Lets a finding of the saved map stand until a day. CONFLICT: there is no such finding any more. */
  'dataflow.acceptFinding': channel({
    input: z.strictObject({
      findingKey: z.string().min(1).max(200),
      findingText: z.string().min(1).max(2000),
      reason: Reason,
      expiresOn: CalendarDay,
    }),
    output: SavedFlowMap,
    allow: ['reviewer', 'manager'],
    session: 'unlocked',
    mutates: true,
    errors: ['CONFLICT', 'INVALID_INPUT'],
  }),
} as const;

import { z } from 'zod';
import { ModelVersionId } from '../base/ids';
import { UtcInstant } from '../base/time';
import { channel } from '../ipc/channel';
import { ROLES } from '../vault/person';

/** The steps from data to evidence, in the order in which they follow each other. */
export const LINEAGE_KINDS = ['data', 'profile', 'version', 'deployment', 'package'] as const;
export const LineageKind = z.enum(LINEAGE_KINDS);
export type LineageKind = z.infer<typeof LineageKind>;

const LineageNode = z.strictObject({
  /** Unique in the graph. */
  id: z.string(),
  kind: LineageKind,
  title: z.string(),
  /** What tells it apart: a digest, a period. */
  detail: z.string(),
  atUtc: UtcInstant.nullable(),
});
export type LineageNode = z.infer<typeof LineageNode>;

const VersionLineage = z.strictObject({
  nodes: z.array(LineageNode).readonly(),
  /** Ids of two nodes: the second comes from the first. */
  edges: z.array(z.strictObject({ from: z.string(), to: z.string() })).readonly(),
});
export type VersionLineage = z.infer<typeof VersionLineage>;

export const lineageChannels = {
  /** Where a version comes from and where it went: data, profile, version, deployments, packages. */
  'registry.lineage': channel({
    input: z.strictObject({ versionId: ModelVersionId }),
    output: VersionLineage,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
} as const;

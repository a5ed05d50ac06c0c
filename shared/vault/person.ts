import { z } from 'zod';
import { PersonId, WorkspaceId } from '../base/ids';
import { PlainText } from '../base/text';

export const ROLES = ['analyst', 'reviewer', 'manager', 'administrator'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const PrintedName = z.string().trim().min(1).max(120).pipe(PlainText);

export const Person = z.strictObject({
  id: PersonId,
  printedName: PrintedName,
  roles: z.array(Role).readonly(),
});
export type Person = z.infer<typeof Person>;

/** How a person came to their keys: with the workspace, by an administrator, or by the recovery kit. */
export const KeyOrigin = z.enum(['created', 'invited', 'reset', 'recovered']);
export type KeyOrigin = z.infer<typeof KeyOrigin>;

export const Workspace = z.strictObject({
  id: WorkspaceId,
  name: z.string().trim().min(1).max(120).pipe(PlainText),
  /** Where it lies, for people to read; never used as a path by the window. */
  folder: z.string(),
  isReadOnly: z.boolean(),
});
export type Workspace = z.infer<typeof Workspace>;

import { compareColumn, profileColumn } from '../drift/columnTask';
import { classifyDomain } from '../drift/domainTask';
import { fitStructure, scoreStructure } from '../drift/structureTask';

/** What worker threads do: a column, or some rows of all of them; pure and without files. */
export const tasks = {
  'column.profile': profileColumn,
  'column.compare': compareColumn,
  'structure.fit': fitStructure,
  'structure.score': scoreStructure,
  'domain.classify': classifyDomain,
} as const;

/** Entry of a worker thread. */
export default function runWorkerTask({
  name,
  input,
}: {
  name: keyof typeof tasks;
  input: unknown;
}): unknown {
  const task = tasks[name] as (input: unknown) => unknown; // pool.ts ties name and input together
  return task(input);
}

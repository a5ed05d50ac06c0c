import { compareColumn, profileColumn } from '../drift/columnTask';

/** What worker threads do: one column at a time, pure and without files. */
export const tasks = {
  'column.profile': profileColumn,
  'column.compare': compareColumn,
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

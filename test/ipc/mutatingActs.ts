import type { TestModel } from '../support/testModel';

/** What to call, in an order that the records allow, and the event that each call must leave. */
export type MutatingActs = Readonly<
  Record<string, { readonly leaves: string; act(model: TestModel): Promise<unknown> }>
>;

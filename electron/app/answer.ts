import type { OutputOf, RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { ChannelName, Contract } from '../../shared/ipc/contract';
import { AppFailure } from '../../shared/ipc/errors';
import type { CoreContext } from './context';

type OkValue<R> = R extends { readonly ok: true; readonly value: infer V } ? V : never;

/** @throws AppFailure with the call's own error when it failed */
export function valueOf<K extends ChannelName>(
  result: ResultOf<Contract[K]>,
): OkValue<ResultOf<Contract[K]>> {
  if (!result.ok)
    throw new AppFailure(result.error.code, result.error.message, result.error.details);
  return result.value;
}

/** Calls through the gate. @throws AppFailure with the call's own error when it failed */
export async function ask<K extends ChannelName>(
  { call }: Pick<CoreContext, 'call'>,
  name: K,
  input: RawInputOf<Contract[K]>,
): Promise<OutputOf<Contract[K]>> {
  const result = await call(name, input);
  if (result.ok) return result.value;
  throw new AppFailure(result.error.code, result.error.message, result.error.details);
}

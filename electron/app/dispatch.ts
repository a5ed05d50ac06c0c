import { randomUUID } from 'node:crypto';
import { COMMON_CODES, AppFailure, type AppError, type ErrorCode } from '../../shared/ipc/errors';
import { contract, type ChannelName, type Contract } from '../../shared/ipc/contract';
import type { Channel, RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { Result } from '../../shared/ipc/result';
import type { CallScope, CoreContext, WriteRider } from './context';
import { createAppContext, type Core } from './createContext';
import { handlers } from './handlers';

const QUIET_SCOPE: CallScope = { progress: () => {}, signal: new AbortController().signal };

/** A call made from inside another one may bring a rider; a window cannot. */
type GateScope = CallScope & { readonly rider?: WriteRider };

/**
 * The only gate: the shell, the command line and the tests all come through here.
 *
 * Checks session and role, validates the input, calls the service, validates its answer, and turns
 * failures into values.
 */
export async function dispatch<K extends ChannelName>(
  core: Core,
  name: K,
  raw: RawInputOf<Contract[K]>,
  scope?: GateScope,
): Promise<ResultOf<Contract[K]>>;
export async function dispatch(
  core: Core,
  name: string,
  raw: unknown,
  scope?: GateScope,
): Promise<Result<unknown>>;
export async function dispatch(
  core: Core,
  name: string,
  raw: unknown,
  scope: GateScope = QUIET_SCOPE,
): Promise<Result<unknown>> {
  if (!isChannelName(name)) {
    return {
      ok: false,
      error: { code: 'INVALID_INPUT', message: `There is no call named ${name}.`, details: {} },
    };
  }
  try {
    return { ok: true, value: await callService(core, name, raw, scope) };
  } catch (error) {
    return { ok: false, error: toAppError(core, name, error) };
  }
}

function isChannelName(name: string): name is ChannelName {
  return Object.hasOwn(contract, name);
}

async function callService(
  core: Core,
  name: ChannelName,
  raw: unknown,
  scope: GateScope,
): Promise<unknown> {
  const spec: Channel = contract[name];
  const ctx = contextFor(core, name, spec, scope);
  const parsed = spec.input.safeParse(raw);
  if (!parsed.success) {
    throw new AppFailure('INVALID_INPUT', `${name}: the input is not valid.`, {
      issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    });
  }
  // The union of handlers is checked against the contract by `satisfies` in handlers.ts.
  const handler = handlers[name] as (ctx: CoreContext, input: unknown) => unknown;
  return spec.output.parse(await handler(ctx, parsed.data));
}

function contextFor(
  core: Core,
  name: ChannelName,
  spec: Channel,
  { rider, ...scope }: GateScope,
): CoreContext {
  // The story tells how far it is; the steps it is made of would only make the figure jump.
  const quiet = { ...QUIET_SCOPE, signal: scope.signal };
  const call: CoreContext['call'] = (other, input, inner) =>
    dispatch(core, other, input, { ...quiet, ...inner });
  if (spec.session === 'none') return { ...core.context, ...scope, call };
  const session = core.context.vault.session();
  if (session === null)
    throw new AppFailure('LOCKED', 'The workspace is locked. Sign in to go on.');
  if (!session.actor.roles.some((role) => spec.allow.includes(role))) {
    session.recordRefusal(name);
    throw new AppFailure('FORBIDDEN', `This needs the role ${spec.allow.join(' or ')}.`, {
      allow: spec.allow,
    });
  }
  return createAppContext({ ...core.context, ...scope, call }, session, rider);
}

function toAppError(core: Core, name: ChannelName, error: unknown): AppError {
  const known: readonly ErrorCode[] = [...COMMON_CODES, ...contract[name].errors];
  if (error instanceof AppFailure && known.includes(error.code)) {
    return { code: error.code, message: error.message, details: { ...error.details } };
  }
  const incidentId = randomUUID();
  core.context.log.error('unexpected failure', { name, incidentId, error });
  return {
    code: 'INTERNAL',
    message: 'Assay met a failure it did not expect. Nothing was recorded by this action.',
    details: { incidentId },
  };
}

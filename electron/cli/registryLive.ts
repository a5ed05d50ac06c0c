import type { Command } from 'commander';
import { AppFailure } from '../../shared/ipc/errors';
import type { LiveAnswer } from '../../shared/registry/lifecycleChannels';
import { valueOf } from '../app/answer';
import { withCliCore } from './cliCore';
import { formatTable } from './formatTable';
import { allModels, modelsNamed } from './namedModels';
import { onWorkspace, print, unlock, type UnlockOptions } from './unlockFirst';

interface LiveOptions extends UnlockOptions {
  readonly at?: string;
  readonly model?: string;
}

/** `assay registry live FOLDER [--at INSTANT] [--model NAME]` */
export function addRegistryLive(registry: Command): void {
  onWorkspace(
    registry
      .command('live')
      .description('Say which version of each model was live, who decided so and why.'),
  )
    .option(
      '--at <instant>',
      'a day or an instant in UTC, e.g. 2026-01-02T03:04:05Z (default: now)',
    )
    .option('--model <name>', 'only this model')
    .action(live);
}

function live(folder: string, options: LiveOptions): Promise<void> {
  return withCliCore({}, async (cli) => {
    const atUtc = instantOf(options.at);
    await unlock(cli, folder, options);
    const models = await (options.model === undefined
      ? allModels(cli)
      : modelsNamed(cli, options.model));
    const answers: { readonly model: string; readonly answer: LiveAnswer }[] = [];
    for (const { id: modelId, name: model } of models) {
      const answer = await cli.call('registry.liveAt', { modelId, atUtc });
      answers.push({ model, answer: valueOf<'registry.liveAt'>(answer) });
    }
    const facts = answers.map(({ model, answer }) => ({ model, live: answer.live }));
    const rows = answers.map(({ model, answer }) => rowOf(model, answer));
    print(options, { atUtc, models: facts }, [
      `As of ${atUtc}:`,
      formatTable(['Model', 'Live', 'Since', 'Until', 'Decided by', 'Approved by', 'Reason'], rows),
    ]);
  });
}

function rowOf(model: string, { live: found }: LiveAnswer): readonly string[] {
  if (found === null) return [model, 'none', '', '', '', '', ''];
  const { change, untilUtc, signatures } = found;
  const approved = signatures.filter(({ meaning }) => meaning === 'approval');
  return [
    model,
    `version ${change.version}`,
    change.atUtc,
    untilUtc ?? 'now',
    change.kind === 'rollback' ? `${change.changedBy} (rollback)` : change.changedBy,
    approved.map(({ printedName }) => printedName).join(', '),
    change.reason,
  ];
}

/** @throws AppFailure INVALID_INPUT when it is no instant */
function instantOf(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString();
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(
    text,
  );
  const atMs = isDay || isInstant ? Date.parse(text) : NaN;
  if (!Number.isNaN(atMs)) return new Date(atMs).toISOString();
  throw new AppFailure(
    'INVALID_INPUT',
    `--at ${text} is no day and no instant. Give one like 2026-01-02 or 2026-01-02T03:04:05Z.`,
  );
}

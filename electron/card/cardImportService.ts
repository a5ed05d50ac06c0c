import { CARD_FIELDS, isFilled, type CardFieldKey } from '../../shared/card/cardFields';
import type { CardContent } from '../../shared/card/cardContent';
import type { Card } from '../../shared/card/channels';
import type { cardExchangeChannels, ReadCard } from '../../shared/card/exchangeChannels';
import type { StageId } from '../../shared/base/ids';
import type { InputOf } from '../../shared/ipc/channel';
import type { AppContext, StageKind } from '../app/context';
import { pickSourceFile } from '../io/pickSource';
import type { ReadCardFile } from './cardReadJob';
import { saveRevision } from './cardService';

type Input<K extends keyof typeof cardExchangeChannels> = InputOf<(typeof cardExchangeChannels)[K]>;

const READ_CARD: StageKind<ReadCardFile> = { name: 'card.read' };

/**
 * Reads a card from a file of another system and holds it ready, so that the person sees what would change.
 *
 * @throws AppFailure BAD_DATA (no model card that we know), CANCELLED (dialog closed or job stopped)
 */
export async function inspectImport(
  ctx: AppContext,
  { source }: Input<'card.inspectImport'>,
): Promise<ReadCard & { readonly stageId: StageId }> {
  const path = await pickSourceFile(ctx, source, {
    title: 'Model card',
    extensions: ['json', 'md'],
  });
  const staged = await ctx.jobs.run('card.read', { path }, ctx);
  const { pictures: _pictures, ...read } = staged;
  return { ...read, stageId: ctx.stages.put(READ_CARD, staged) };
}

/**
 * Saves a card that was read as a new revision of the draft.
 *
 * Its figures come as typed ones: the evidence that stood behind them elsewhere is not in this workspace.
 *
 * @throws AppFailure NOT_FOUND (the version, or the step has expired), CONFLICT (somebody saved first)
 */
export function importCard(
  ctx: AppContext,
  { versionId, revision, stageId }: Input<'card.import'>,
): Card {
  const { content, file, format, pictures } = ctx.stages.get(READ_CARD, stageId);
  const card = saveRevision(
    ctx,
    { versionId, revision, action: 'card.imported', origin: { ...file, format }, pictures },
    (before) => withImported(before, content),
  );
  ctx.stages.drop(stageId);
  return card;
}

/** The card with the fields that the imported one says something in. */
function withImported(before: CardContent, imported: CardContent): CardContent {
  const said = CARD_FIELDS.filter(({ key }) => isFilled(imported, key)).map(
    ({ key }): [CardFieldKey, unknown] => [key, imported[key]],
  );
  const carried = [
    ...before.carried.filter(({ format }) =>
      imported.carried.every((one) => one.format !== format),
    ),
    ...imported.carried,
  ];
  const figures = imported.figures.map((figure) => ({ ...figure, evidence: null, asOfUtc: null }));
  return {
    ...before,
    ...Object.fromEntries(said),
    ...(figures.length === 0 ? {} : { figures }),
    carried,
  };
}

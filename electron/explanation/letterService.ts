import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import { ExplanationLetterId } from '../../shared/base/ids';
import type { ExplainedOutput } from '../../shared/explanation/explanation';
import type { LetterContent, UsualRange } from '../../shared/explanation/letter';
import type { Request, RequestHead } from '../../shared/explanation/request';
import type {
  explanationRequestChannels,
  ExportedLetter,
} from '../../shared/explanation/requestChannels';
import type { InputOf } from '../../shared/ipc/channel';
import { AppFailure } from '../../shared/ipc/errors';
import type { AppContext } from '../app/context';
import { writeRecordedFile } from '../io/atomicWrite';
import { requireVersion } from '../registry/registryService';
import { recordSignatures } from '../vault/signingService';
import { readOpenedCase } from './explanationService';
import { letterHtml } from './letterHtml';
import { findOtherOutcome } from './modelCaseService';
import { findLetter, findNewestLetter, insertLetter } from './requestRepo';
import { getRequest, refused, requireOpen, stepRequest } from './requestService';

type Input<K extends keyof typeof explanationRequestChannels> = InputOf<
  (typeof explanationRequestChannels)[K]
>;

/**
 * Freezes a case and writes the letter about it; a later letter replaces it and starts without signatures.
 *
 * @throws AppFailure NOT_FOUND (request, opened file or case), CONFLICT (closed, another version, no case yet, hidden
 *   parts without a reason, or somebody was first), BAD_DATA (contributions that do not add up), CANCELLED
 */
export async function writeLetter(
  ctx: AppContext,
  input: Input<'explanation.writeLetter'>,
): Promise<Request> {
  const { requestId, draft } = input;
  const head = requireOpen(ctx, requestId);
  if (draft.hiddenFeatures.length > 0 && draft.hiddenReason === '')
    throw refused('Say why parts are left out of the redacted copy.');
  const frozen = await freezeCase(ctx, head, input.source);
  const { snapshotSha256 } = requireVersion(ctx, head.versionId);
  const { reference, modelName, version, bases, receivedOn } = head;
  const salt = randomBytes(32).toString('hex');
  const about = { reference, modelName, version, snapshotSha256, bases, receivedOn };
  const content = canonicalJson({ ...draft, ...about, ...frozen, salt } satisfies LetterContent);
  const contentSha256 = createHash('sha256').update(content).digest('hex');
  const ordinal = (findNewestLetter(ctx.db, requestId)?.ordinal ?? 0) + 1;
  const id = ExplanationLetterId.parse(randomUUID());
  stepRequest(ctx, input, {
    act: 'write',
    event: 'explanation.letterWritten',
    detail: { after: { reference, letterId: id, ordinal, contentSha256 } },
    text: `Letter ${ordinal}`,
    change: {},
    also: (db) => {
      const by = { writtenAtUtc: ctx.nowUtc(), writtenBy: ctx.actor.id };
      insertLetter(db, { id, requestId, ordinal, contentSha256, content, ...by });
    },
  });
  return getRequest(ctx, { requestId });
}

type FrozenCase = Pick<LetterContent, 'case' | 'ranges' | 'fileSha256' | 'otherOutcome'>;

async function freezeCase(
  ctx: AppContext,
  head: RequestHead,
  source: Input<'explanation.writeLetter'>['source'],
): Promise<FrozenCase> {
  if (source === null) {
    const before = findNewestLetter(ctx.db, head.id)?.content ?? null;
    if (before === null) throw refused('No case is chosen yet. Open the file and name the case.');
    const { case: explained, ranges, fileSha256, otherOutcome } = before;
    return { case: explained, ranges, fileSha256, ...(otherOutcome && { otherOutcome }) };
  }
  const { explanation, explained } = await readOpenedCase(ctx, source);
  if (explanation.versionId !== head.versionId)
    throw refused(
      `The case is of version ${explanation.version} of ${explanation.modelName}, the request is about version ${head.version} of ${head.modelName}.`,
    );
  if (!explained.isAdditive)
    throw new AppFailure(
      'BAD_DATA',
      `${explanation.file.fileName}: the contributions of this case do not add up to its prediction, so a letter must not rest on them. Nothing was recorded.`,
      { file: explanation.file.fileName },
    );
  const output = explanation.aggregates.outputs.find(({ name }) => name === source.output);
  const { stageId, caseId, wish } = source;
  const otherOutcome = wish && (await findOtherOutcome(ctx, { stageId, caseId, wish }));
  return {
    ...(otherOutcome && { otherOutcome }),
    case: explained,
    ranges: output === undefined ? [] : usualRanges(output),
    fileSha256: explanation.file.sha256,
  };
}

/** Where most cases lie, from the groups that the explanation keeps. */
function usualRanges({ features }: ExplainedOutput): UsualRange[] {
  return features.flatMap(({ name, dependence }): UsualRange[] => {
    if (dependence === null || dependence.bins.length === 0) return [];
    const { bins, kind } = dependence;
    if (kind === 'numeric') {
      const [low, high] = [bins[0]?.high ?? null, bins.at(-1)?.low ?? null];
      return [{ feature: name, low, high, label: null, share: null }];
    }
    const n = bins.reduce((sum, bin) => sum + bin.n, 0);
    const most = bins.reduce((best, bin) => (bin.n > best.n ? bin : best));
    return [{ feature: name, low: null, high: null, label: most.label, share: most.n / n }];
  });
}

/**
 * Writes an approved letter into a file where the person says. File and audit event come into being together; the
 * event does not tell the file's name.
 *
 * @throws AppFailure NOT_FOUND, CONFLICT (not approved, replaced, or erased), CANCELLED (dialog closed), STORAGE
 */
export async function exportLetter(
  ctx: AppContext,
  { letterId, format, isRedacted }: Input<'explanation.exportLetter'>,
): Promise<ExportedLetter> {
  const letter = findLetter(ctx.db, letterId);
  if (letter === null) throw new AppFailure('NOT_FOUND', 'There is no such letter.', { letterId });
  const { content, requestId, ordinal } = letter;
  if (content === null) throw refused('What the letter said is erased.');
  const signatures = recordSignatures(ctx, 'explanation.letter', letterId);
  if (!signatures.some(({ meaning }) => meaning === 'approval'))
    throw refused(
      'Nobody has approved this letter yet. Somebody who did not write it signs it first.',
    );
  if (isRedacted && content.hiddenFeatures.length === 0)
    throw refused('The letter names nothing that a copy would leave out.');
  const path = await ctx.ports.pickSaveFile({
    title: 'Save the letter',
    extensions: [format],
    suggestedName: `${content.reference.replaceAll(/[^A-Za-z0-9-]+/gu, '-')}-letter${isRedacted ? '-redacted' : ''}.${format}`,
  });
  if (path === null) throw new AppFailure('CANCELLED', 'No place was chosen. Nothing was written.');
  const html = letterHtml(content, signatures, { isRedacted, isPaged: format === 'pdf' });
  const bytes =
    format === 'html'
      ? Buffer.from(html, 'utf8')
      : ((await ctx.ports.printPdf(html)) ?? cannotPrint());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { format, isRedacted, sha256, sizeBytes: bytes.length };
  const detail = { after: { letterId, ordinal, ...file } };
  writeRecordedFile(path, bytes, (publish) =>
    ctx.write('explanation.letterExported', requestId, detail, publish),
  );
  return { path, ...file };
}

function cannotPrint(): never {
  throw new AppFailure(
    'STORAGE',
    'Nothing here can print to PDF; the desktop application can. Nothing was written. Save HTML instead and print that.',
  );
}

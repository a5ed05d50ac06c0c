import { create, type StoreApi } from 'zustand';
import type { CardContent } from '../../shared/card/cardContent';
import type { Card, CardRevisionHead, cardChannels } from '../../shared/card/channels';
import type { EvidenceChoice } from '../../shared/card/evidence';
import type { RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import type { Result } from '../../shared/ipc/result';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';
import { withSavedFigures } from './savedFigures';

type Input<K extends keyof typeof cardChannels> = RawInputOf<Contract[K]>;
/** Null when it is done, else why not. */
type Outcome = Promise<AppError | null>;

/** A pause of this length in the typing is where a revision is saved. */
const AUTOSAVE_AFTER_MS = 1500;

/** What is typed and not on record yet. */
export interface CardDraft {
  readonly content: CardContent;
  readonly isSaving: boolean;
  /** Why it could not be saved; null while it could. */
  readonly error: AppError | null;
}

interface CardStoreState {
  readonly byVersion: Readonly<Record<string, Card>>;
  readonly draftByVersion: Readonly<Record<string, CardDraft>>;
  readonly revisionsByVersion: Readonly<Record<string, readonly CardRevisionHead[]>>;
  readonly evidenceByVersion: Readonly<Record<string, readonly EvidenceChoice[]>>;
  readonly errors: ReadErrors;
  getCard(versionId: string): Promise<void>;
  getRevisions(versionId: string): Promise<void>;
  getEvidence(versionId: string): Promise<void>;
  /** Changes what is typed; it is saved after a pause. */
  edit(versionId: string, change: Partial<CardContent>): void;
  /** Saves what is typed at once. */
  saveNow(versionId: string): Promise<void>;
  /** After somebody else saved: saves what is typed as the revision after theirs. */
  saveOnTop(versionId: string): Promise<void>;
  /** Forgets what is typed and shows what is on record. */
  discard(versionId: string): Promise<void>;
  fill(versionId: string): Outcome;
  /** Saves a card that was read from a file, field by field over the one that is there. */
  importCard(versionId: string, stageId: string): Outcome;
  comment(input: Input<'card.comment'>): Outcome;
  resolveComment(versionId: string, input: Input<'card.resolveComment'>): Outcome;
}

type SetState = StoreApi<CardStoreState>['setState'];
type GetState = StoreApi<CardStoreState>['getState'];

/** Model cards as core last gave them, and what is being typed. */
export const useCardStore = create<CardStoreState>((set, get) => ({
  byVersion: {},
  draftByVersion: {},
  revisionsByVersion: {},
  evidenceByVersion: {},
  errors: {},
  ...reading(set),
  ...typing(set, get),
  ...acting(set, get),
}));

function keep(set: SetState, card: Card): void {
  set(({ byVersion }) => ({ byVersion: { ...byVersion, [card.versionId]: card } }));
}

function reading(set: SetState): Pick<CardStoreState, 'getCard' | 'getRevisions' | 'getEvidence'> {
  return {
    getCard(versionId) {
      const answer = api['card.get']({ versionId });
      return readInto(set, versionId, answer, (card, { byVersion }) => ({
        byVersion: { ...byVersion, [versionId]: card },
      }));
    },
    getRevisions(versionId) {
      const answer = api['card.revisions']({ versionId });
      return readInto(set, `revisions:${versionId}`, answer, (heads, { revisionsByVersion }) => ({
        revisionsByVersion: { ...revisionsByVersion, [versionId]: heads },
      }));
    },
    getEvidence(versionId) {
      const answer = api['card.evidence']({ versionId });
      return readInto(set, `evidence:${versionId}`, answer, (found, { evidenceByVersion }) => ({
        evidenceByVersion: { ...evidenceByVersion, [versionId]: found },
      }));
    },
  };
}

const timers = new Map<string, ReturnType<typeof setTimeout>>();

function stopTimer(versionId: string): void {
  clearTimeout(timers.get(versionId));
  timers.delete(versionId);
}

function startTimer(get: GetState, versionId: string): void {
  stopTimer(versionId);
  timers.set(
    versionId,
    setTimeout(() => void get().saveNow(versionId), AUTOSAVE_AFTER_MS),
  );
}

function setDraft(set: SetState, versionId: string, draft: CardDraft | null): void {
  set(({ draftByVersion }) => {
    const { [versionId]: _old, ...others } = draftByVersion;
    return { draftByVersion: draft === null ? others : { ...others, [versionId]: draft } };
  });
}

function typing(
  set: SetState,
  get: GetState,
): Pick<CardStoreState, 'edit' | 'saveNow' | 'saveOnTop' | 'discard'> {
  return {
    edit(versionId, change) {
      const draft = get().draftByVersion[versionId];
      const content = draft?.content ?? get().byVersion[versionId]?.content;
      if (content === undefined) return;
      setDraft(set, versionId, {
        content: { ...content, ...change },
        isSaving: draft?.isSaving ?? false,
        error: draft?.error ?? null,
      });
      if (draft?.error?.code !== 'CONFLICT') startTimer(get, versionId);
    },
    async saveNow(versionId) {
      stopTimer(versionId);
      const draft = get().draftByVersion[versionId];
      const card = get().byVersion[versionId];
      if (draft === undefined || card === undefined || draft.isSaving) return;
      const { content } = draft;
      setDraft(set, versionId, { content, isSaving: true, error: null });
      const revision = card.head?.revision ?? 0;
      const result = await api['card.save']({ versionId, revision, content });
      const typed = get().draftByVersion[versionId]?.content ?? content;
      if (!result.ok) {
        setDraft(set, versionId, { content: typed, isSaving: false, error: result.error });
        return;
      }
      keep(set, result.value);
      if (typed === content) {
        setDraft(set, versionId, null);
        return;
      }
      // Something was typed meanwhile: it stays, with the figures as core has just bound them.
      const merged = withSavedFigures(typed, content, result.value.content);
      setDraft(set, versionId, { content: merged, isSaving: false, error: null });
      startTimer(get, versionId);
    },
    async saveOnTop(versionId) {
      await get().getCard(versionId);
      await get().saveNow(versionId);
    },
    async discard(versionId) {
      stopTimer(versionId);
      setDraft(set, versionId, null);
      await get().getCard(versionId);
    },
  };
}

function acting(
  set: SetState,
  get: GetState,
): Pick<CardStoreState, 'fill' | 'importCard' | 'comment' | 'resolveComment'> {
  async function act(
    versionId: string,
    answer: (revision: number) => Promise<Result<Card>>,
  ): Outcome {
    await get().saveNow(versionId);
    const result = await answer(get().byVersion[versionId]?.head?.revision ?? 0);
    if (!result.ok) return result.error;
    keep(set, result.value);
    return null;
  }
  return {
    fill: (versionId) => act(versionId, (revision) => api['card.fill']({ versionId, revision })),
    importCard: (versionId, stageId) =>
      act(versionId, (revision) => api['card.import']({ versionId, stageId, revision })),
    comment: (input) => act(input.versionId, () => api['card.comment'](input)),
    resolveComment: (versionId, input) => act(versionId, () => api['card.resolveComment'](input)),
  };
}

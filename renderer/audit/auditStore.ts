import { create } from 'zustand';
import type { AuditEvent } from '../../shared/audit/auditEvent';
import type { ChainVerification } from '../../shared/audit/channels';
import type { AppError } from '../../shared/ipc/errors';
import type { Progress } from '../../shared/ipc/messages';
import { api } from '../api/client';

export const EVENTS_PER_PAGE = 200;
/** A log up to this size is checked again by itself when it has grown: it takes a moment only. */
const QUIET_UP_TO_EVENTS = 5000;

interface AuditState {
  /** Filter; empty shows every event. */
  readonly text: string;
  /** Null until the first page is there. */
  readonly nTotal: number | null;
  /** Pages that were brought so far, by their number; newest events first. */
  readonly pages: ReadonlyMap<number, readonly AuditEvent[]>;
  readonly error: AppError | null;
  readonly chain: ChainVerification | null;
  readonly chainError: AppError | null;
  readonly isVerifying: boolean;
  readonly chainProgress: Progress | null;
  readonly isExportOpen: boolean;
  /** Forgets what is shown and brings the first page for a filter. */
  search(text: string): Promise<void>;
  /** Brings the pages that hold these rows, unless they are there. */
  bring(first: number, last: number): void;
  /** Runs once at a time; the answer stays as `chain`. */
  verifyChain(): Promise<void>;
  cancelVerify(): void;
  setExportOpen(isExportOpen: boolean): void;
}

/** Pages asked for and not yet answered; kept out of the state because nothing shows them. */
const underWay = new Set<string>();
let generation = 0;
let verification: AbortController | null = null;

export const useAuditStore = create<AuditState>((set, get) => {
  async function bringPage(page: number): Promise<void> {
    const asked = generation;
    const key = `${asked}/${page}`;
    if (underWay.has(key) || get().pages.has(page)) return;
    underWay.add(key);
    const { text } = get();
    const result = await api['audit.listEvents']({
      offset: page * EVENTS_PER_PAGE,
      limit: EVENTS_PER_PAGE,
      text: text.trim() === '' ? null : text.trim(),
    });
    underWay.delete(key);
    if (asked !== generation) return;
    if (!result.ok) {
      set({ error: result.error });
      return;
    }
    const { events, nTotal } = result.value;
    set(({ pages }) => ({ error: null, nTotal, pages: new Map(pages).set(page, events) }));
    const { chain } = get();
    const isNewer = text.trim() === '' && chain !== null && chain.nEvents < nTotal;
    if (isNewer && nTotal <= QUIET_UP_TO_EVENTS) void get().verifyChain();
  }

  return {
    text: '',
    nTotal: null,
    pages: new Map(),
    error: null,
    chain: null,
    chainError: null,
    isVerifying: false,
    chainProgress: null,
    isExportOpen: false,
    async search(text) {
      generation += 1;
      set({ text, pages: new Map(), error: null });
      await bringPage(0);
    },
    bring(first, last) {
      const from = Math.floor(first / EVENTS_PER_PAGE);
      const to = Math.floor(last / EVENTS_PER_PAGE);
      for (let page = from; page <= to; page += 1) void bringPage(page);
    },
    async verifyChain() {
      if (get().isVerifying) return;
      set({ isVerifying: true, chainProgress: null });
      verification = new AbortController();
      const result = await api['audit.verifyChain'](
        {},
        { onProgress: (chainProgress) => set({ chainProgress }), signal: verification.signal },
      );
      set({ isVerifying: false, chainProgress: null });
      if (result.ok) set({ chain: result.value, chainError: null });
      else if (result.error.code !== 'CANCELLED') set({ chainError: result.error });
    },
    cancelVerify: () => verification?.abort(),
    setExportOpen: (isExportOpen) => set({ isExportOpen }),
  };
});

/** The event in a row of the list, or null while its page is under way. */
export function eventAt(
  pages: ReadonlyMap<number, readonly AuditEvent[]>,
  index: number,
): AuditEvent | null {
  return pages.get(Math.floor(index / EVENTS_PER_PAGE))?.[index % EVENTS_PER_PAGE] ?? null;
}

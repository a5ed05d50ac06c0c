import { create } from 'zustand';
import type { Request, RequestHead } from '../../shared/explanation/request';
import type { RawInputOf, ResultOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import type { AppError } from '../../shared/ipc/errors';
import { api } from '../api/client';
import { readInto, type ReadErrors } from '../api/readInto';

type Act =
  | 'explanation.extendRequest'
  | 'explanation.writeLetter'
  | 'explanation.closeRequest'
  | 'explanation.eraseRequest';

interface RequestState {
  /** Open ones first; null until it was read. */
  readonly heads: readonly RequestHead[] | null;
  readonly requestById: Readonly<Record<string, Request>>;
  readonly errors: ReadErrors;
  list(): Promise<void>;
  get(requestId: string): Promise<void>;
  openRequest(
    input: RawInputOf<Contract['explanation.openRequest']>,
  ): Promise<ResultOf<Contract['explanation.openRequest']>>;
  /** Answers null when it is on record, else why not. */
  act<K extends Act>(name: K, input: RawInputOf<Contract[K]>): Promise<AppError | null>;
}

/** Requests as core last gave them. Keys of `errors`: `list`, `request:<id>`. */
export const useRequestStore = create<RequestState>((set, get) => {
  function keep(request: Request): void {
    set(({ requestById }) => ({ requestById: { ...requestById, [request.id]: request } }));
    void get().list();
  }
  return {
    heads: null,
    requestById: {},
    errors: {},
    list() {
      return readInto(set, 'list', api['explanation.listRequests']({}), (heads) => ({ heads }));
    },
    get(requestId) {
      const answer = api['explanation.getRequest']({ requestId });
      return readInto(set, `request:${requestId}`, answer, (request, state) => ({
        requestById: { ...state.requestById, [requestId]: request },
      }));
    },
    async openRequest(input) {
      const result = await api['explanation.openRequest'](input);
      if (result.ok) keep(result.value);
      return result;
    },
    async act(name, input) {
      const result: ResultOf<Contract[Act]> = await api[name](input);
      if (!result.ok) return result.error;
      keep(result.value);
      return null;
    },
  };
});

import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../shared/ipc/errors';
import type { Result } from '../../shared/ipc/result';

export interface Paged<Row, Answer> {
  /** What came with the first page; null until it is there. */
  readonly answer: Answer | null;
  /** Null while the page of that row is under way. */
  readonly rowAt: (index: number) => Row | null;
  /** Brings the pages that hold these rows, unless they are there. */
  readonly bring: (first: number, last: number) => void;
  readonly error: AppError | null;
  readonly retry: () => void;
}

interface Shown<Row, Answer> {
  readonly key: string;
  readonly answer: Answer | null;
  readonly pages: ReadonlyMap<number, readonly Row[]>;
  readonly error: AppError | null;
}

/**
 * A long list, fetched page by page as its rows come into view.
 *
 * What was there stays until the first page of a new question has come.
 *
 * @param question everything that the list depends on
 * @param ask fetches one page; it may be another function at each call
 */
export function usePages<Row, Answer>(
  question: string,
  rowsPerPage: number,
  ask: (offset: number, limit: number) => Promise<Result<Answer>>,
  rowsOf: (answer: Answer) => readonly Row[],
): Paged<Row, Answer> {
  const [shown, setShown] = useState<Shown<Row, Answer>>({
    key: '',
    answer: null,
    pages: new Map(),
    error: null,
  });
  const [attempt, setAttempt] = useState(0);
  const key = `${attempt} ${question}`;
  const latest = useRef({ key, ask, rowsOf });
  useEffect(() => {
    latest.current = { key, ask, rowsOf };
  });
  const underWay = useRef(new Set<string>());

  const bringPage = useCallback(
    async (page: number): Promise<void> => {
      const asked = latest.current;
      const own = `${asked.key} ${page}`;
      if (underWay.current.has(own)) return;
      underWay.current.add(own);
      const result = await asked.ask(page * rowsPerPage, rowsPerPage);
      underWay.current.delete(own);
      if (latest.current.key !== asked.key) return;
      setShown((old) => withPage(old, asked.key, page, result, asked.rowsOf));
    },
    [rowsPerPage],
  );
  useEffect(() => void bringPage(0), [bringPage, key]);

  const { pages } = shown;
  const isCurrent = shown.key === key;
  const bring = useCallback(
    (first: number, last: number): void => {
      if (!isCurrent) return;
      const from = Math.floor(first / rowsPerPage);
      const to = Math.floor(last / rowsPerPage);
      for (let page = from; page <= to; page += 1) if (!pages.has(page)) void bringPage(page);
    },
    [isCurrent, pages, rowsPerPage, bringPage],
  );
  return {
    answer: shown.answer,
    rowAt: (index) => pages.get(Math.floor(index / rowsPerPage))?.[index % rowsPerPage] ?? null,
    bring,
    error: shown.error,
    retry: () => setAttempt((old) => old + 1),
  };
}

function withPage<Row, Answer>(
  old: Shown<Row, Answer>,
  key: string,
  page: number,
  result: Result<Answer>,
  rowsOf: (answer: Answer) => readonly Row[],
): Shown<Row, Answer> {
  if (!result.ok) return { ...old, error: result.error };
  const isNew = old.key !== key;
  const pages = new Map(isNew ? [] : old.pages).set(page, rowsOf(result.value));
  return { key, answer: isNew || page === 0 ? result.value : old.answer, pages, error: null };
}

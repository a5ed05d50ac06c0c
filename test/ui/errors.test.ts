import { describe, expect, it } from 'vitest';
import { explainError, retryAfterMsOf } from '../../renderer/ui/explainError';
import { ERROR_CODES } from '../../shared/ipc/errors';

describe('explainError', () => {
  it('names file, row and column of bad data', () => {
    const error = {
      code: 'BAD_DATA',
      message: 'ragged row',
      details: { file: 'live.csv', row: 12345, column: 'age' },
    } as const;
    expect(explainError(error)).toMatchObject({
      where: 'file live.csv · row 12,345 · column age',
      code: 'ASSAY-BAD_DATA',
    });
  });

  it('names how much data there is and how much is needed', () => {
    const error = {
      code: 'INSUFFICIENT_DATA',
      message: '',
      details: { n: 12, required: 30 },
    } as const;
    expect(explainError(error).where).toBe('usable values 12 · required 30');
  });

  it('lists the fields of an invalid input', () => {
    const details = {
      issues: [
        { path: 'name', message: 'too long' },
        { path: '', message: 'odd' },
      ],
    };
    const explained = explainError({ code: 'INVALID_INPUT', message: '', details });
    expect(explained.where).toBe('name: too long · odd');
  });

  it('makes the code of an unexpected failure findable in the log', () => {
    const details = { incidentId: '3f2a9c1d-0000-4000-8000-000000000000' };
    expect(explainError({ code: 'INTERNAL', message: '', details }).code).toBe(
      'ASSAY-INTERNAL-3f2a9c1d',
    );
  });

  it.each(ERROR_CODES)('says for %s what was not changed and what to do', (code) => {
    const { title, unchanged, next } = explainError({ code, message: '', details: {} });
    for (const sentence of [title, unchanged, next]) expect(sentence.length).toBeGreaterThan(8);
  });
});

describe('retryAfterMsOf', () => {
  it('reads the wait, and takes anything else for none', () => {
    expect(
      [{ retryAfterMs: 2000 }, { retryAfterMs: -5 }, { retryAfterMs: 'soon' }, {}].map((details) =>
        retryAfterMsOf({ details }),
      ),
    ).toEqual([2000, 0, 0, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import type { InspectedColumn } from '../../shared/drift/column';
import {
  chooseForAll,
  chosenColumns,
  countRoles,
  problemWithColumns,
} from '../../renderer/drift/columnChoice';
import {
  hasMatchProblem,
  labelFromFileName,
  matchNotes,
  problemWithPeriod,
} from '../../renderer/drift/matchSentences';

function column(part: Partial<InspectedColumn>): InspectedColumn {
  return {
    name: 'age',
    kind: 'numeric',
    role: 'feature',
    fileType: 'DOUBLE',
    nMissing: 0,
    nDistinct: 60,
    isDistinctCapped: false,
    reason: 'Numbers.',
    ...part,
  };
}

const COLUMNS = [column({}), column({ name: 'code' }), column({ name: 'row_id', role: 'id' })];

describe('choosing what columns are', () => {
  it('keeps what was detected until the person says otherwise', () => {
    expect(chosenColumns(COLUMNS, {})).toEqual([
      { name: 'age', kind: 'numeric', role: 'feature' },
      { name: 'code', kind: 'numeric', role: 'feature' },
      { name: 'row_id', kind: 'numeric', role: 'id' },
    ]);
  });

  it('changes the kind and keeps the role, and the other way round', () => {
    const categorical = chooseForAll(COLUMNS, {}, new Set(['code']), { kind: 'categorical' });
    const both = chooseForAll(COLUMNS, categorical, new Set(['code', 'row_id']), {
      role: 'ignored',
    });
    expect(chosenColumns(COLUMNS, both)).toEqual([
      { name: 'age', kind: 'numeric', role: 'feature' },
      { name: 'code', kind: 'categorical', role: 'ignored' },
      { name: 'row_id', kind: 'numeric', role: 'ignored' },
    ]);
  });

  it('counts the roles and refuses a reference without a feature', () => {
    expect(countRoles(COLUMNS)).toEqual({ feature: 2, prediction: 0, label: 0, id: 1, ignored: 0 });
    expect(problemWithColumns(COLUMNS)).toBeNull();
    expect(problemWithColumns(COLUMNS.slice(2))).toBe('Set at least one column to Feature.');
  });
});

describe('matchNotes', () => {
  it('says one good thing when everything fits', () => {
    const match = { matched: ['age', 'job'], missing: [], added: [], changedType: [] };
    expect(hasMatchProblem(match)).toBe(false);
    expect(matchNotes(match)).toEqual([
      {
        level: 'ok',
        title: '2 columns matched',
        consequence: 'Compared with the reference.',
        columns: ['age', 'job'],
      },
    ]);
  });

  it('names every difference, what is worst first', () => {
    const match = {
      matched: ['age', 'balance'],
      missing: ['job'],
      added: ['channel'],
      changedType: [{ name: 'balance', reference: 'numeric', live: 'VARCHAR' }],
    };
    expect(hasMatchProblem(match)).toBe(true);
    expect(matchNotes(match).map(({ level, title, columns }) => [level, title, columns])).toEqual([
      ['alert', '1 reference column missing from this batch', ['job']],
      ['watch', '1 column with another type', ['balance: numeric in the reference, VARCHAR here']],
      ['watch', '1 column the reference does not have', ['channel']],
      ['ok', '2 columns matched', ['age', 'balance']],
    ]);
  });

  it('raises its voice when nothing matches', () => {
    const match = { matched: [], missing: [], added: ['a'], changedType: [] };
    expect(matchNotes(match).at(-1)).toMatchObject({
      level: 'alert',
      title: 'No column matches',
      columns: [],
    });
  });
});

describe('labelFromFileName', () => {
  it('drops the ending only', () => {
    expect(labelFromFileName('bank-live-07.csv')).toBe('bank-live-07');
    expect(labelFromFileName('2010.11.parquet')).toBe('2010.11');
    expect(labelFromFileName('.csv')).toBe('.csv');
    expect(labelFromFileName(`${'x'.repeat(300)}.csv`)).toHaveLength(200);
  });
});

describe('problemWithPeriod', () => {
  it('takes both days in order, or none', () => {
    expect(problemWithPeriod('', '')).toBeNull();
    expect(problemWithPeriod('2010-11-01', '2010-11-30')).toBeNull();
    expect(problemWithPeriod('2010-11-01', '2010-11-01')).toBeNull();
    expect(problemWithPeriod('2010-11-01', '')).toBe('Give both days, or neither.');
    expect(problemWithPeriod('2010-12-01', '2010-11-30')).toBe(
      'The first day comes after the last.',
    );
  });
});

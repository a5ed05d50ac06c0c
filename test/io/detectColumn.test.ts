import { describe, expect, it } from 'vitest';
import { detectColumn, type DetectedColumn } from '../../electron/io/detectColumn';
import { isMissingToken } from '../../electron/io/parseValue';
import { summariseNumbers } from '../../electron/io/summariseNumbers';

function detectNumbers(name: string, values: readonly number[]): DetectedColumn {
  const counts = summariseNumbers(Float64Array.from(values));
  return detectColumn({
    holds: 'number',
    name,
    fileType: 'DOUBLE',
    nRows: values.length,
    ...counts,
  });
}

function detectTexts(name: string, texts: readonly string[]): DetectedColumn {
  const usable = texts.filter((text) => !isMissingToken(text));
  const sample = [...new Set(usable)];
  return detectColumn({
    holds: 'text',
    name,
    fileType: 'VARCHAR',
    nRows: texts.length,
    nMissing: texts.length - usable.length,
    nDistinct: sample.length,
    isDistinctCapped: false,
    nExamined: usable.length,
    sample,
  });
}

function short({ kind, role }: DetectedColumn): string {
  return `${kind} ${role}`;
}

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
/** Whole numbers that repeat, in no order. */
const counts = range(500).map((i) => (i * 7919) % 40);
const fractions = range(500).map((i) => ((i * 7919) % 500) / 7);

describe('measurements stay measurements', () => {
  it.each(['age', 'campaign', 'previous', 'day', 'duration', 'balance', 'grade', 'year'])(
    '%s',
    (name) => {
      expect(short(detectNumbers(name, counts))).toBe('numeric feature');
    },
  );

  it('also when every fraction is different', () => {
    expect(short(detectNumbers('temperature', fractions))).toBe('numeric feature');
    expect(short(detectNumbers('credit_score', fractions))).toBe('numeric feature');
  });

  it('also when a few whole numbers happen to be different', () => {
    expect(short(detectNumbers('balance', [2143, 29, 2, 1506, 1]))).toBe('numeric feature');
    const incomes = range(100).map((i) => 20_000 + ((i * 7919) % 9973) * 31);
    expect(short(detectNumbers('income', incomes))).toBe('numeric feature');
  });

  it('also when they are constant, which is said', () => {
    const detected = detectNumbers('x', [5, 5, 5]);
    expect(detected).toEqual({
      kind: 'numeric',
      role: 'feature',
      reason: 'Whole numbers, one value. Every row has the same value.',
    });
  });
});

describe('an id is never taken for a measurement', () => {
  it.each([
    'id',
    'ID',
    'customer_id',
    'customerId',
    'CustomerID',
    'userid',
    'uuid',
    'order_key',
    'Unnamed: 0',
  ])('%s, whole numbers that never repeat', (name) => {
    const values = range(500).map((i) => (i * 7919) % 10_007);
    expect(detectNumbers(name, values).role).toBe('id');
  });

  it('numbers that rise from row to row', () => {
    expect(short(detectNumbers('column_1', range(50)))).toBe('numeric id');
    expect(
      short(
        detectNumbers(
          'rank',
          range(50).map((i) => i * 3 + 10),
        ),
      ),
    ).toBe('numeric id');
  });

  it('a shuffled sequence without gaps', () => {
    expect(
      detectNumbers(
        'x',
        range(100).map((i) => (i * 37) % 100),
      ).role,
    ).toBe('id');
  });

  it('long numbers of one length', () => {
    const accounts = range(100).map((i) => 40_000_000 + ((i * 7919) % 9973) * 1013);
    expect(detectNumbers('account', accounts).role).toBe('id');
    expect(
      detectNumbers(
        'account_number',
        accounts.map((value) => value % 1_000_003),
      ).role,
    ).toBe('id');
  });

  it('text that is different in every row', () => {
    const names = range(100).map((i) => `C-${(i * 7919) % 10_007}`);
    expect(short(detectTexts('reference', names))).toBe('categorical id');
    expect(short(detectTexts('customer_id', names.slice(0, 3)))).toBe('categorical id');
  });

  it('a key that repeats over many values, though not one that repeats over few', () => {
    const many = range(5000).map((i) => String(i % 2000).padStart(6, '0'));
    expect(detectTexts('customer_id', many).role).toBe('id');
    expect(
      short(
        detectNumbers(
          'branch_id',
          range(500).map((i) => i % 12),
        ),
      ),
    ).toBe('categorical feature');
  });
});

describe('a code is never taken for a measurement', () => {
  it.each([
    'zip',
    'zip_code',
    'postcode',
    'postalCode',
    'country_code',
    'mcc',
    'region',
    'Pclass',
    'job_type',
    'sex',
  ])('%s', (name) => {
    expect(short(detectNumbers(name, counts))).toBe('categorical feature');
  });

  it('numbers that begin with 0', () => {
    expect(short(detectTexts('branch', ['007', '012', '007']))).toBe('categorical feature');
  });
});

describe('other kinds', () => {
  it.each([
    [['yes', 'no', 'yes']],
    [['True', 'False', '']],
    [['t', 'f', 'NA']],
    [['Y', 'N']],
    [['1', '0']],
  ])('%j is yes or no', (texts) => {
    expect(short(detectTexts('housing', texts))).toBe('boolean feature');
  });

  it('0 and 1 are yes or no, 1 and 2 are not', () => {
    expect(short(detectNumbers('flag', [0, 1, NaN, 1]))).toBe('boolean feature');
    expect(short(detectNumbers('flag', [1, 2, 1]))).toBe('numeric feature');
  });

  it('text with few values is a category, also in other scripts', () => {
    expect(short(detectTexts('職業', ['学生', '会社員', '学生']))).toBe('categorical feature');
    expect(short(detectTexts('month', ['may', 'jun', 'jul']))).toBe('categorical feature');
    expect(short(detectTexts('word', ['__proto__', 'constructor']))).toBe('categorical feature');
  });

  it('text that is all dates or all numbers is what it says', () => {
    expect(short(detectTexts('when', ['2024-01-01', '', '2024-01-02T03:04:05Z']))).toBe(
      'datetime feature',
    );
    expect(short(detectTexts('price', ['1.5', 'NA', '2.5']))).toBe('numeric feature');
    expect(short(detectTexts('price', ['1.5', '2.5', 'about 3']))).toBe('categorical feature');
  });

  it('free text is left out', () => {
    const notes = range(50).map((i) => `The customer called about case ${i} and was angry`);
    expect(detectTexts('note', notes)).toEqual({
      kind: 'categorical',
      role: 'ignored',
      reason: 'Free text: almost every row is different.',
    });
  });

  it('a column without values is left out, and so is one of an unknown type', () => {
    expect(detectNumbers('x', [NaN, NaN]).role).toBe('ignored');
    expect(detectTexts('x', ['', 'NA']).role).toBe('ignored');
    const described = { name: 'x', fileType: 'List<Float64>', nRows: 3 };
    expect(detectColumn({ holds: 'none', ...described }).role).toBe('ignored');
    expect(detectColumn({ holds: 'unreadable', ...described }).reason).toContain('List<Float64>');
  });
});

describe('predictions and outcomes by name', () => {
  it.each([
    'prediction',
    'y_pred',
    'yHat',
    'predicted_default',
    'churn_probability',
    'proba_1',
    'Score',
  ])('%s', (name) => {
    expect(short(detectNumbers(name, fractions))).toBe('numeric prediction');
  });

  it.each(['y', 'label', 'Target', 'outcome', 'y_true', 'true_label'])('%s', (name) => {
    expect(short(detectTexts(name, ['yes', 'no']))).toBe('boolean label');
  });

  it('but not by names that only sound alike', () => {
    expect(short(detectTexts('poutcome', ['success', 'failure', 'other']))).toBe(
      'categorical feature',
    );
    expect(short(detectNumbers('yield', fractions))).toBe('numeric feature');
    expect(short(detectNumbers('idle_minutes', fractions))).toBe('numeric feature');
  });
});

describe('summariseNumbers', () => {
  it('counts exactly up to the limit, with -0 equal to 0', () => {
    expect(summariseNumbers(Float64Array.of(0, -0, NaN, Infinity, 2.5, 2.5))).toEqual({
      nMissing: 1,
      nDistinct: 3,
      isDistinctCapped: false,
      nExamined: 5,
      isWhole: false,
      isAscending: false,
      min: 0,
      max: Infinity,
    });
  });

  it('stops counting at 100,000 different values and says so', () => {
    const counted = summariseNumbers(Float64Array.from({ length: 150_000 }, (_, i) => i));
    expect(counted).toMatchObject({
      nDistinct: 100_000,
      isDistinctCapped: true,
      nExamined: 100_000,
      isAscending: true,
      max: 149_999,
    });
  });
});

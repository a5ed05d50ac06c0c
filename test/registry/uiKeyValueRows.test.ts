import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseNumber,
  parseParameter,
  problemsOf,
  rowsFromJson,
  toMetrics,
  toParameters,
} from '../../renderer/registry/keyValueRows';
import { modelSentence, modelState } from '../../renderer/registry/modelState';
import { problemWithSchema } from '../../renderer/registry/SchemaEditor';
import { Model } from '../../shared/registry/model';

function rows(...pairs: readonly (readonly [string, string])[]) {
  return pairs.map(([key, value], id) => ({ id, key, value }));
}

describe('parseNumber', () => {
  it('takes plain and scientific notation', () => {
    expect(['1', ' -0.5 ', '1e-4', '.5', '2.', '+3'].map(parseNumber)).toEqual([
      1, -0.5, 1e-4, 0.5, 2, 3,
    ]);
  });

  it('takes nothing else', () => {
    const wrong = ['', 'NaN', 'Infinity', '1e999', '0x10', '1,000', '0.8x', '1 2', '١'];
    expect(wrong.map(parseNumber)).toEqual(wrong.map(() => null));
  });

  it('reads back every finite number that JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(value === 0 ? Number(String(value)) : value);
      }),
    );
  });
});

describe('parseParameter', () => {
  it('tells numbers, booleans and text apart', () => {
    expect(['1e-10', 'true', 'false', 'newton', 'True'].map(parseParameter)).toEqual([
      1e-10,
      true,
      false,
      'newton',
      'True',
    ]);
  });

  it('keeps as text what a number would change', () => {
    const exact = ['007', '12345678901234567890', '-01'];
    expect(exact.map(parseParameter)).toEqual(exact);
  });
});

describe('problemsOf', () => {
  it('passes over blank lines and finds nothing wrong with good ones', () => {
    expect([...problemsOf(rows(['auc', '0.8'], ['', '']), 'metrics')]).toEqual([]);
  });

  it('names lines without a name, names twice, and metrics that are no numbers', () => {
    const problems = problemsOf(
      rows(['', '1'], ['auc', '0.8'], ['auc ', 'x'], ['f1', '']),
      'metrics',
    );
    expect([...problems]).toEqual([
      [0, 'Give this value a name.'],
      [1, '"auc" appears 2 times.'],
      [2, '"auc" appears 2 times.'],
      [3, 'A metric is one finite number, such as 0.873 or 1.2e-4.'],
    ]);
  });

  it('takes any text as a parameter', () => {
    expect([...problemsOf(rows(['solver', 'newton'], ['note', '']), 'parameters')]).toEqual([]);
  });
});

describe('values of the lines', () => {
  it('are recorded under trimmed names', () => {
    expect(toParameters(rows([' ridge ', '1'], ['', '']))).toEqual({ ridge: 1 });
    expect(toMetrics(rows(['auc', ' 0.81 ']))).toEqual({ auc: 0.81 });
  });
});

describe('rowsFromJson', () => {
  it('flattens objects and keeps lists as text', () => {
    expect(
      rowsFromJson('{"ridge":1,"opt":{"lr":0.001,"name":"adam"},"layers":[8,4],"x":null}'),
    ).toEqual({
      ok: true,
      rows: [
        { key: 'ridge', value: '1' },
        { key: 'opt.lr', value: '0.001' },
        { key: 'opt.name', value: 'adam' },
        { key: 'layers', value: '[8,4]' },
        { key: 'x', value: 'null' },
      ],
    });
  });

  it('says what is wrong with anything else', () => {
    expect(rowsFromJson('{oops')).toMatchObject({ ok: false });
    expect(rowsFromJson('[1]')).toEqual({
      ok: false,
      problem: 'Paste one JSON object, such as {"ridge": 1}.',
    });
  });
});

describe('problemWithSchema', () => {
  it('refuses columns without a name or type and columns twice in one direction', () => {
    const age = { name: 'age', type: 'numeric', direction: 'input' } as const;
    expect(problemWithSchema([age, { ...age, direction: 'output' }])).toBeNull();
    expect(problemWithSchema([{ ...age, name: '' }])).toBe(
      'Give every column a name, or remove it.',
    );
    expect(problemWithSchema([{ ...age, type: ' ' }])).toBe('Give every column a type.');
    expect(problemWithSchema([age, age])).toBe('The input column "age" appears twice.');
  });
});

const MODEL: Model = Model.parse({
  id: '5b0e9a52-6a4f-4c53-9d7c-0e1f2a3b4c5d',
  name: 'Term deposit',
  purpose: 'Estimates who subscribes.',
  owner: 'Retail',
  intendedUse: '',
  riskClass: null,
  tags: [],
  revision: 0,
  liveVersion: null,
  createdAtUtc: '2026-01-02T03:04:05.000Z',
  createdBy: '6c1f0b63-7b5a-4d64-8e8d-1f2a3b4c5d6e',
  nVersions: 1,
  nBatches: 7,
  nOpenAlerts: 2,
  lastBatchAtUtc: null,
});

describe('the state of a model', () => {
  it('puts open alerts before everything else', () => {
    expect(modelState(MODEL)).toEqual({ state: 'alert', label: '2 open alerts' });
    expect(modelState({ ...MODEL, nOpenAlerts: 0 })).toEqual({
      state: 'ok',
      label: 'No open alert',
    });
    expect(modelState({ ...MODEL, nOpenAlerts: 0, nBatches: 0 }).state).toBe('unknown');
  });

  it('says what is missing next', () => {
    expect(modelSentence({ ...MODEL, nVersions: 0 }, 0)).toMatch(/^No version yet/);
    expect(modelSentence(MODEL, 0)).toMatch(/^1 version, none with a reference profile yet/);
  });
});

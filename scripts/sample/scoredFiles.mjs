/**
 * What a serving pipeline would write about the sample: prediction logs, outcomes, and both arms of canaries.
 */
import { createHash } from 'node:crypto';
import { predictProbability } from './logisticRegression.mjs';
import { labelOf } from './sampleModel.mjs';

/**
 * @typedef {import('./bankMarketing.mjs').SampleRow} SampleRow
 * @typedef {import('./sampleModel.mjs').SampleModel} SampleModel
 * @typedef {Readonly<Record<'v1' | 'v2' | 'v3', SampleModel>>} Versions
 * @typedef {'log' | 'labelledLog' | 'outcomes' | 'control' | 'candidate'} Content
 * @typedef {object} ScoredFile
 * @property {string} file
 * @property {Content} holds
 * @property {number} window number of the live window, from 1
 * @property {keyof Versions | null} version whose scores it holds; null: none
 * @property {string | null} pair canary it is an arm of; null: none
 */

/** @type {readonly { readonly name: string, readonly role: 'numeric' | 'prediction' | 'date' | 'categorical' | 'label' }[]} */
const CALL = [{ name: 'call', role: 'numeric' }];

/** @type {typeof CALL} */
const PREDICTION = [
  ...CALL,
  { name: 'contact_month', role: 'date' },
  { name: 'contact', role: 'categorical' },
  { name: 'score', role: 'prediction' },
];

/** @type {Readonly<Record<Content, typeof CALL>>} */
export const SCORED_COLUMNS = {
  log: PREDICTION,
  labelledLog: [...PREDICTION, { name: 'y', role: 'label' }],
  outcomes: [...CALL, { name: 'y', role: 'label' }],
  control: armColumns(),
  candidate: armColumns(),
};

function armColumns() {
  return /** @type {typeof CALL} */ ([
    ...CALL,
    { name: 'contact_month', role: 'date' },
    { name: 'score', role: 'prediction' },
    { name: 'squared_error', role: 'prediction' },
    { name: 'y', role: 'label' },
  ]);
}

/** @type {readonly ScoredFile[]} */
export const SCORED_FILES = [
  log('labelledLog', 1, 'v2'),
  log('log', 2, 'v2'),
  outcomes(2),
  log('labelledLog', 3, 'v1'),
  log('labelledLog', 5, 'v3'),
  log('log', 6, 'v3'),
  outcomes(6),
  ...pair('hold', 1, 'v1', 'v2'),
  ...pair('rollback', 2, 'v1', 'v2'),
  ...pair('promote', 4, 'v1', 'v3'),
];

/**
 * The rows of one file, every cell as text.
 *
 * @param {ScoredFile} file
 * @param {readonly SampleRow[]} rows all rows of its window
 * @param {number} firstSourceRow
 * @param {Versions} versions
 * @returns {SampleRow[]}
 */
export function scoredRows({ holds, version }, rows, firstSourceRow, versions) {
  const numbered = rows.map((row, i) => ({ row, call: firstSourceRow + i }));
  const own =
    holds === 'control' || holds === 'candidate'
      ? numbered.filter(({ call }) => armOf(call) === holds)
      : numbered;
  return own.map(({ row, call }) => ({
    ...row,
    call: String(call),
    ...(version === null ? {} : scoresOf(versions[version], row)),
  }));
}

/**
 * Which arm a call belongs to: a coin that its number throws, the same on each run.
 *
 * @param {number} call
 */
function armOf(call) {
  const [byte = 0] = createHash('sha256').update(`call ${call}`).digest();
  return byte % 2 === 0 ? 'control' : 'candidate';
}

/**
 * @param {SampleModel} model
 * @param {SampleRow} row
 * @returns {SampleRow}
 */
function scoresOf({ fitted }, row) {
  const score = predictProbability(fitted, row);
  const squaredError = (score - labelOf(row)) ** 2;
  return { score: String(score), squared_error: String(Number(squaredError.toPrecision(6))) };
}

/**
 * @param {'log' | 'labelledLog'} holds
 * @param {number} window
 * @param {keyof Versions} version
 * @returns {ScoredFile}
 */
function log(holds, window, version) {
  return { file: `log-0${window}.parquet`, holds, window, version, pair: null };
}

/**
 * @param {number} window
 * @returns {ScoredFile}
 */
function outcomes(window) {
  return {
    file: `outcomes-0${window}.parquet`,
    holds: 'outcomes',
    window,
    version: null,
    pair: null,
  };
}

/**
 * @param {string} name
 * @param {number} window
 * @param {keyof Versions} control
 * @param {keyof Versions} candidate
 * @returns {readonly ScoredFile[]}
 */
function pair(name, window, control, candidate) {
  return [
    {
      file: `canary-${name}-control.parquet`,
      holds: 'control',
      window,
      version: control,
      pair: name,
    },
    {
      file: `canary-${name}-candidate.parquet`,
      holds: 'candidate',
      window,
      version: candidate,
      pair: name,
    },
  ];
}

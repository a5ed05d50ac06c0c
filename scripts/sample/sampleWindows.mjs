/**
 * Which rows of the source make up which file of the sample.
 */

/**
 * @typedef {'csv' | 'parquet' | 'arrow'} FileFormat
 * @typedef {object} SampleWindow
 * @property {string} file
 * @property {FileFormat} format
 * @property {number} start first row, counted from 0 without the header
 * @property {number} end row after the last
 */

/** @type {SampleWindow} The training rows. */
export const REFERENCE_WINDOW = {
  file: 'bank-reference.csv',
  format: 'csv',
  start: 0,
  end: 15_000,
};

/** @type {readonly SampleWindow[]} In time order; the last holds exactly the last 5,000 rows. */
export const LIVE_WINDOWS = [
  { file: 'bank-live-01.csv', format: 'csv', start: 15_000, end: 20_000 },
  { file: 'bank-live-02.csv', format: 'csv', start: 20_000, end: 25_000 },
  { file: 'bank-live-03.parquet', format: 'parquet', start: 25_000, end: 30_000 },
  { file: 'bank-live-04.csv', format: 'csv', start: 30_000, end: 35_000 },
  { file: 'bank-live-05.arrow', format: 'arrow', start: 35_000, end: 40_211 },
  { file: 'bank-live-06.csv', format: 'csv', start: 40_211, end: 45_211 },
];

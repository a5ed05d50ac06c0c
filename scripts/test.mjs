import './requireNode24.mjs';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './projectPaths.mjs';
import { run } from './runCommand.mjs';

// Everything, on a fresh machine: the checks, then the real window; one closing line with the sum.
const unitReport = join(root, 'test-results/unit.json');
const endToEndReport = join(root, 'test-results/e2e/results.json');
rmSync(join(root, 'test-results'), { recursive: true, force: true });

const checkCode = await run(process.execPath, [join(root, 'scripts/check.mjs')]);
const endToEndCode = await run(process.execPath, [join(root, 'scripts/e2e.mjs')]);

const unit = read(unitReport);
const endToEnd = read(endToEndReport)?.stats;
const passed = count(unit?.numPassedTests) + count(endToEnd?.expected) + count(endToEnd?.flaky);
const failed = count(unit?.numFailedTests) + count(endToEnd?.unexpected);
const skipped = count(unit?.numPendingTests) + count(endToEnd?.skipped);
if (checkCode !== 0) console.log('npm run check failed: see above');
if (endToEndCode !== 0) console.log('npm run e2e failed: see above');
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = checkCode === 0 && endToEndCode === 0 ? 0 : 1;

function read(/** @type {string} */ report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return null;
  }
}

function count(/** @type {number | undefined} */ value) {
  return value ?? 0;
}

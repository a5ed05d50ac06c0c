import './requireNode24.mjs';
import { run } from './runCommand.mjs';

// Every check runs even when an earlier one fails, so that one run shows all there is to repair.
const checks = ['types', 'lint', 'format:check', 'unused', 'build', 'licences', 'unit'];
const failed = [];
for (const check of checks) {
  const startedMs = performance.now();
  const code = await run('npm', ['run', '--silent', check]);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check} (${seconds} s)`);
  if (code !== 0) failed.push(check);
}
if (failed.length > 0) console.log(`check failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

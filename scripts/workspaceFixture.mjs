import './requireNode24.mjs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from './projectPaths.mjs';
import { binary, run, runQuietly } from './runCommand.mjs';

// Makes a small workspace and an audit package with the code of an older commit, to be kept in
// test/fixtures for ever: `node scripts/workspaceFixture.mjs COMMIT test/fixtures/workspace-vN`.
const [commit, out] = process.argv.slice(2);
if (commit === undefined || out === undefined)
  throw new Error('give a commit and a folder to make');
const checkout = await mkdtemp(join(tmpdir(), 'assay-old-'));
try {
  const archive = join(checkout, 'old.tar');
  await runQuietly('git', ['archive', '--output', archive, commit]);
  await runQuietly('tar', ['-xf', archive, '-C', checkout]);
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'));
  await mkdir(join(checkout, 'test/bench'), { recursive: true });
  const story = join(checkout, 'test/bench/workspace.bench.ts');
  await cp(join(root, 'test/fixtures/workspace.fixture.ts'), story);
  const support = 'test/support/modelStory.ts';
  await cp(join(root, support), join(checkout, support));
  await rm(resolve(out), { recursive: true, force: true });
  process.exitCode = await run(
    binary('vitest'),
    ['run', '--config', 'vitest.bench.config.ts', 'test/bench/workspace.bench.ts'],
    { cwd: checkout, env: { ...process.env, ASSAY_FIXTURE: resolve(out) } },
  );
} finally {
  await rm(checkout, { recursive: true });
}

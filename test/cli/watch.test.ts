import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { IntakePass } from '../../shared/intake/intake';
import { sidecarJsonSchema } from '../../shared/intake/sidecar';
import { runCli } from '../support/runCli';
import { createTestModel } from '../support/testModel';
import { createWatchedFolder, type WatchedFolder } from '../support/watchedFolder';

const GUIDE = new URL('../../docs/watched-folder.md', import.meta.url);

/** Whether this machine has what an example needs; the one below needs Python alone. */
function has(module: string): boolean {
  return spawnSync('python3', ['-c', `import ${module}`]).status === 0;
}

/** Runs an example of the guide as it stands there. */
function deliver({ folder }: WatchedFolder, example: string): void {
  const [, rest = ''] = readFileSync(GUIDE, 'utf8').split(`<!-- example: ${example} -->`);
  const code = /```python\n(?<code>.*?)```/su.exec(rest)?.groups?.['code'] ?? '';
  execFileSync('python3', ['-c', code], { env: { ...process.env, WATCHED: folder } });
}

function drain(workspace: string, ...rest: readonly string[]) {
  return runCli(['watch', workspace, '--once', '--json', ...rest]);
}

describe('assay watch', () => {
  it.skipIf(!has('pandas'))('imports what the example with pandas delivers', async () => {
    const model = await createTestModel();
    model.close();
    const inbox = createWatchedFolder();
    deliver(inbox, 'pandas');
    expect(await drain(model.folder, '--set', inbox.folder)).toMatchObject({ code: 0, stderr: '' });
  });

  it('imports what the example of the guide delivers, and registers a version with a signature', async () => {
    const model = await createTestModel();
    model.close();
    const inbox = createWatchedFolder();
    deliver(inbox, 'standard library');
    inbox.dropSidecar('v2', { assay: 1, kind: 'newVersion', model: 'Churn', sequence: 2 });
    const run = await drain(model.folder, '--set', inbox.folder);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const { taken, waiting } = IntakePass.parse(JSON.parse(run.stdout));
    expect(waiting).toEqual([]);
    expect(taken.map(({ action }) => action)).toEqual([
      'performance.logImported',
      'registry.versionRegistered',
    ]);
  });

  it('exits with 1 and says why when a file failed', async () => {
    const model = await createTestModel();
    model.close();
    const inbox = createWatchedFolder();
    inbox.dropSidecar('v2', { assay: 1, kind: 'newVersion', model: 'Nobody' });
    const run = await runCli(['watch', model.folder, '--once', '--set', inbox.folder]);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toContain('Imported 0, failed 1');
    expect(run.stdout).toContain('failed: v2.assay.json: No model has the name');
  });
});

it('docs/intake-sidecar.schema.json is what `npm run schemas` writes today', () => {
  const path = new URL('../../docs/intake-sidecar.schema.json', import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(sidecarJsonSchema());
});

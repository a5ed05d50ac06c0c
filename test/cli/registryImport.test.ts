import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../registry/importDesk';
import { fingerprints, USUAL, write } from '../registry/mlflowFixture';
import { runCli } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';

describe('assay registry import', () => {
  it(
    'says what it would bring, brings it, and has nothing to bring the next time',
    { timeout: 240_000 },
    async () => {
      const workspace = join(tempFolder(), 'workspace');
      const named = ['--name', 'Risk models', '--person', 'Ada Analyst'];
      expect(await runCli(['workspace', 'create', workspace, ...named])).toMatchObject({ code: 0 });
      const runs = USUAL.runs.map((run) => ({ ...run, metrics: { auc: ['1670301595838 0.8 0'] } }));
      const folder = newFolder({ ...USUAL, runs });
      const before = fingerprints(folder);
      const importing = ['registry', 'import', workspace, folder];

      const dry = await runCli([...importing, '--dry-run']);
      expect(dry).toMatchObject({ code: 0, stderr: '' });
      expect(dry.stdout).toContain('mlruns: 3 runs, 3 candidates, 0 known already');
      expect(dry.stdout).toMatch(/new +Churn model +1 .*\nnew +Churn model +2 /u);
      expect(dry.stdout).toContain('Dry run: nothing was recorded.');

      const done = await runCli([...importing, '--all-runs', '--json']);
      expect(done).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(done.stdout)).toMatchObject({
        kind: 'folder',
        imported: {
          nNewModels: 2,
          nAliases: 1,
          versions: [{ version: 1 }, { version: 2 }, { version: 1 }],
        },
      });

      write(join(folder, '0', 'broken', 'meta.yaml'), 'a: [');
      const again = await runCli(importing);
      expect(again).toMatchObject({ code: 1, stderr: '' });
      expect(again.stdout).toContain('Nothing new or changed to import.');
      expect(again.stdout).toContain('0/broken/meta.yaml: not readable as YAML');
      const { [join(folder, '0', 'broken', 'meta.yaml')]: _ours, ...after } = fingerprints(folder);
      expect(after).toEqual(before);

      const refused = await runCli(['registry', 'import', workspace, join(folder, 'nowhere')]);
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('no such file or folder'),
      });
    },
  );
});

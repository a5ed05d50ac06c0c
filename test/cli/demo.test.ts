import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_WORKSPACE } from '../../shared/vault/sampleWorkspace';
import { runCli, type CliRun } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';

const out = tempFolder();
let demo: CliRun;
beforeAll(async () => {
  demo = await runCli(['demo', '--out', out, '--json'], {});
}, 120_000);

describe('assay demo', () => {
  it('performs the main job and leaves a workspace, a package and a report', () => {
    expect(demo).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(demo.stdout)).toMatchObject({
      isPackageValid: true,
      isChainIntact: true,
      alert: { state: 'acknowledged', severity: 'critical' },
      batches: expect.arrayContaining([expect.objectContaining({ nRows: 5211 })]),
      windows: [
        { version: 2, nBroken: 0 },
        { version: 2, nBroken: 1 },
        { version: 1, nBroken: 0 },
        { version: 3, nBroken: 0 },
        { version: 3, auc: null },
      ],
      canaries: [
        { candidate: 2, sentence: expect.stringMatching(/^Hold /u) },
        { candidate: 2, sentence: expect.stringMatching(/^Roll back: /u) },
        { candidate: 3, sentence: expect.stringMatching(/^Promote: /u) },
      ],
      incidents: [expect.stringContaining('Closed: back within policy')],
      liveVersion: 3,
    });
    expect(readdirSync(out).sort()).toEqual([
      'audit-package-report.html',
      'audit-package.zip',
      'workspace',
    ]);
  });

  it('leaves a workspace that opens and is intact', async () => {
    const check = await runCli(['workspace', 'check', join(out, 'workspace')], {
      ASSAY_PASSPHRASE: SAMPLE_WORKSPACE.passphrase,
    });
    expect(check).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('The workspace is intact.'),
    });
  });

  it('writes a report that needs nothing but itself', () => {
    const html = readFileSync(join(out, 'audit-package-report.html'), 'utf8');
    expect(html).toContain('Term deposit subscription');
    expect(html).toContain('responsibility');
    expect(html).not.toMatch(/<script|<link|(?:src|href)=|url\(/iu);
  });

  it('does not write into a folder that holds something', async () => {
    expect(await runCli(['demo', '--out', out], {})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not empty'),
    });
  });
});

describe('assay verify', () => {
  it('accepts the package, and trusts it with the fingerprint of the cover letter', async () => {
    const { keyFingerprints } = JSON.parse(demo.stdout) as {
      keyFingerprints: { name: string; fingerprint: string }[];
    };
    const [{ name, fingerprint }] = keyFingerprints as [{ name: string; fingerprint: string }];
    const args = [
      'verify',
      join(out, 'audit-package.zip'),
      '--trust',
      `${name}=${fingerprint}`,
      '--json',
    ];
    const run = await runCli(args, {});
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ isValid: true, isTrusted: true });
    const wrong = await runCli(
      ['verify', join(out, 'audit-package.zip'), '--trust', `${name}=${'0'.repeat(64)}`],
      {},
    );
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('NOT valid') });
  });

  it('refuses it after any byte was changed', async () => {
    const bytes = readFileSync(join(out, 'audit-package.zip'));
    const path = join(tempFolder(), 'tampered.zip');
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(await runCli(['verify', path], {})).toMatchObject({ code: 1 });
  });

  it('agrees with the verifier that is inside the package', () => {
    const folder = tempFolder();
    execFileSync('unzip', ['-q', join(out, 'audit-package.zip'), '-d', folder]);
    const said = execFileSync(
      'python3',
      [join(folder, 'verify.py'), join(out, 'audit-package.zip')],
      { encoding: 'utf8' },
    );
    expect(said).toMatch(/valid/iu);
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'manifest-sha256.txt'], {
      cwd: folder,
    });
  });
});

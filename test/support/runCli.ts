import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { ensureBuilt } from '../../scripts/ensureBuilt.mjs';
import { PASSPHRASE } from './testVault';

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a person would, in a process of its own. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = { ASSAY_PASSPHRASE: PASSPHRASE },
): Promise<CliRun> {
  await ensureBuilt();
  const child = spawn(process.execPath, [resolve('out/electron/cli.cjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (output.stderr += text));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, ...output };
}

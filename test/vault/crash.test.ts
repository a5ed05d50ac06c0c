import { spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../support/bundleProgram';
import { PASSPHRASE, createTestVault } from '../support/testVault';

const N_KILLS = 20;
const QUIET = { progress: () => undefined, signal: new AbortController().signal };

let program = '';

beforeAll(async () => {
  program = await bundleProgram(resolve('test/vault/crashWriter.ts'));
  // Native modules stay outside the bundle and are looked up from where it lies.
  symlinkSync(resolve('node_modules'), join(dirname(program), 'node_modules'));
});

/** Runs the writer, kills it after a while, and answers the last record it was sure of. */
function writeUntilKilled(folder: string, afterMs: number): Promise<number> {
  return new Promise((done, fail) => {
    const writer = spawn(process.execPath, [program, folder, PASSPHRASE], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    writer.stdout.on('data', (text: Buffer) => {
      if (said === '') setTimeout(() => writer.kill('SIGKILL'), afterMs);
      said += text.toString();
    });
    writer.on('close', (code, signal) => {
      const lines = said.slice(0, said.lastIndexOf('\n')).split('\n');
      if (signal === 'SIGKILL') done(Number(lines.at(-1)));
      else fail(new Error(`the writer ended by itself with ${String(code)}`));
    });
  });
}

describe('a process that is killed while it writes', () => {
  it(
    `loses no acknowledged record and breaks no link in ${N_KILLS} kills`,
    { timeout: 120_000 },
    async () => {
      const { vault, folder, restart, personId } = await createTestVault();
      vault.close();
      let acknowledged = 0;
      for (let kill = 0; kill < N_KILLS; kill++) {
        const next = await writeUntilKilled(folder, (kill * 37) % 150);
        expect(next).toBeGreaterThan(acknowledged);
        acknowledged = next;
      }
      const after = restart();
      await after.unlock(personId, PASSPHRASE);
      const { db } = after.session()!;
      const written = db
        .prepare<[], string>(
          "SELECT subject FROM audit_event WHERE action = 'test.written' ORDER BY seq",
        )
        .pluck()
        .all();
      expect(written).toEqual(written.map((_, i) => String(i + 1)));
      expect(written.length).toBeGreaterThanOrEqual(acknowledged);
      expect(db.prepare('SELECT count(*) FROM model').pluck().get()).toBe(written.length);
      const { checks } = await after.check(QUIET);
      // A line of heads.log may be torn by the kill itself; that is the one thing allowed.
      const failed = checks.filter(({ isPassed }) => !isPassed).map(({ title }) => title);
      expect(failed.filter((title) => title !== 'Heads outside the database')).toEqual([]);
      expect(checks.find(({ title }) => title === 'Records')?.detail).toBe(
        `${written.length + 4} records are as ${written.length + 1} events of the log left them`,
      );
      after.close();
    },
  );
});

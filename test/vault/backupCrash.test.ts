import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventsOf } from '../../electron/audit/auditRepo';
import { bundleProgram } from '../support/bundleProgram';
import { backUp, coreFor, emptyCore, inspect, restoreInto } from '../support/testBackup';
import { PASSPHRASE, type TestCore } from '../support/testCore';
import { okValue } from '../support/testModel';
import { tempFolder } from '../support/tempFolder';

const N_KILLS = 20;

let program = '';

beforeAll(async () => {
  program = await bundleProgram(resolve('test/vault/backupWriter.ts'));
  // Native modules stay outside the bundle and are looked up from where it lies.
  symlinkSync(resolve('node_modules'), join(dirname(program), 'node_modules'));
});

/** Large enough that writing it takes a while. */
function addRecords({ core }: TestCore): void {
  const { write } = core.context.vault.session()!;
  for (let n = 0; n < 300; n++) {
    write('test.written', String(n), { after: { text: 'x'.repeat(8000) } }, () => undefined);
  }
}

interface Run {
  readonly isDone: boolean;
  /** From its first line to its second: how long the whole act takes. */
  readonly durationMs: number;
}

/** Runs the writer and kills it: some time after it has begun, or once it has done it whole. */
function runAndKill(args: readonly string[], afterMs: number | null): Promise<Run> {
  return new Promise((done, fail) => {
    const writer = spawn(process.execPath, [program, ...args, PASSPHRASE], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SCRATCH: tempFolder() },
    });
    let said = '';
    let begunAtMs = 0;
    let durationMs = 0;
    writer.stdout.on('data', (text: Buffer) => {
      if (said === '') {
        begunAtMs = performance.now();
        if (afterMs !== null) setTimeout(() => writer.kill('SIGKILL'), afterMs);
      }
      said += text.toString();
      const isSecond = durationMs === 0 && said.split('\n').length > 2;
      if (isSecond) durationMs = performance.now() - begunAtMs;
      if (isSecond && afterMs === null) writer.kill('SIGKILL');
    });
    writer.on('close', (code, signal) => {
      if (signal === 'SIGKILL') done({ isDone: said.includes('done'), durationMs });
      else fail(new Error(`the writer ended by itself with ${String(code)}`));
    });
  });
}

async function signIn({ core }: TestCore): Promise<void> {
  const status = core.context.vault.status();
  if (status.state !== 'locked') throw new Error('not locked');
  await core.context.vault.unlock(status.people[0]!.id, PASSPHRASE);
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

describe('a process that is killed while it backs up', () => {
  it(
    `leaves whole files only, and no event without its file, in ${N_KILLS} kills`,
    { timeout: 240_000 },
    async () => {
      const test = await coreFor();
      addRecords(test);
      const { vault } = test.core.context;
      const personId = vault.session()!.actor.id;
      vault.lock('person');
      const target = tempFolder();
      const args = ['backup', test.folder, target];
      const { durationMs } = await runAndKill(args, null);
      for (let kill = 1; kill < N_KILLS; kill++) {
        await runAndKill(args, (1.5 * durationMs * kill) / N_KILLS);
      }
      await vault.unlock(personId, PASSPHRASE);
      const left = readdirSync(test.folder).filter((name) => name.includes('partial'));
      expect(left).toEqual([]);
      const whole = readdirSync(target).filter((name) => name.endsWith('.assaybackup'));
      const halves = readdirSync(target).filter((name) => !name.endsWith('.assaybackup'));
      expect(whole.length).toBeGreaterThan(0);
      expect(halves.length).toBeGreaterThan(0);
      expect(halves.filter((name) => !name.endsWith('.assaybackup.partial'))).toEqual([]);
      const reader = await emptyCore();
      for (const name of whole) {
        okValue<'vault.inspectBackup'>(await inspect(reader, join(target, name)));
      }
      const events = eventsOf(vault.session()!.db, 'vault.backedUp');
      for (const { after } of events) {
        const facts = after as { fileName: string; sha256: string };
        expect(sha256(join(target, facts.fileName))).toBe(facts.sha256);
      }
      expect(whole.length - events.length).toBeLessThanOrEqual(N_KILLS);
      const newest = join(target, whole.at(-1)!);
      okValue<'vault.restore'>(await restoreInto(reader, newest, tempFolder()));
      const check = okValue<'vault.check'>(await test.call('vault.check', {}));
      const failed = check.checks.filter(({ isPassed }) => !isPassed).map(({ title }) => title);
      // A line of heads.log may be torn by the kill itself; that is the one thing allowed.
      expect(failed.filter((title) => title !== 'Heads outside the database')).toEqual([]);
    },
  );
});

describe('a process that is killed while it restores', () => {
  it(
    `leaves no folder that opens half, and one that a second restore takes, in ${N_KILLS} kills`,
    { timeout: 240_000 },
    async () => {
      const test = await coreFor();
      addRecords(test);
      const { path, nEvents } = await backUp(test);
      const outcomes = { absent: 0, whole: 0 };
      let wholeMs = 0;
      for (let kill = 0; kill < N_KILLS; kill++) {
        const folder = join(tempFolder(), 'restored');
        const afterMs = kill === 0 ? null : (1.1 * wholeMs * (kill - 1)) / N_KILLS;
        const { isDone, durationMs } = await runAndKill(['restore', path, folder], afterMs);
        if (kill === 0) wholeMs = durationMs;
        const reader = await emptyCore();
        const isWhole = existsSync(join(folder, 'vault.json'));
        outcomes[isWhole ? 'whole' : 'absent'] += 1;
        // Once it was said to be done, it is.
        expect(isWhole || !isDone).toBe(true);
        const opened = await reader.call('vault.open', { folderToken: reader.token(folder) });
        expect(opened.ok).toBe(isWhole);
        if (isWhole) await signIn(reader);
        else okValue<'vault.restore'>(await restoreInto(reader, path, folder));
        const { db } = reader.core.context.vault.session()!;
        expect(eventsOf(db, 'vault.restored')).toMatchObject([{ seq: nEvents + 1 }]);
        const check = okValue<'vault.check'>(await reader.call('vault.check', {}));
        expect(check.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
        expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
        reader.close();
      }
      expect(outcomes.absent).toBeGreaterThan(0);
      expect(outcomes.whole).toBeGreaterThan(0);
    },
  );
});

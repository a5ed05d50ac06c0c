import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyPacket } from '../../electron/handoff/verifyPacket';
import { readZip, writeZip } from '../../electron/io/zip';
import { PacketCheck } from '../../shared/handoff/packetCheck';
import { addConfirmed, draftPacket, judgePacket } from '../support/handoff';
import { runCli } from '../support/runCli';
import { tempFolder } from '../support/tempFolder';
import { createTestModel, okValue } from '../support/testModel';

const REVIEWER = 'Rosa Reviewer';
const folder = tempFolder();
const path = join(folder, 'packet.zip');
let workspace: string;

/** A workspace with an approved packet and a draft, and the approved one handed over. */
beforeAll(async () => {
  const model = await createTestModel();
  workspace = model.folder;
  await addConfirmed(model, REVIEWER, ['reviewer']);
  const approved = await draftPacket(model);
  okValue<'vault.signRecord'>(await judgePacket(model, approved.id, REVIEWER));
  await draftPacket(model, { title: 'Not yet' });
  model.close();
});

function exportPacket(out: string, ...rest: readonly string[]) {
  return runCli(['handoff', 'export', workspace, '--model', 'Churn', '--out', out, ...rest]);
}

function verify(packet: string, ...rest: readonly string[]) {
  return runCli(['handoff', 'verify', packet, '--json', ...rest], {});
}

/** The check of what a run printed: each step with how it ended. */
function stepsOf(stdout: string): Record<string, string> {
  const { path: _path, ...check } = JSON.parse(stdout) as Record<string, unknown>; // an object, by --json
  return Object.fromEntries(PacketCheck.parse(check).steps.map(({ id, status }) => [id, status]));
}

describe('assay handoff', () => {
  it('writes the newest approved packet, and finds it valid as a file and as a folder', async () => {
    const run = await exportPacket(path);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^Wrote packet 1 as .*packet\.zip/u);
    const checked = await runCli(['handoff', 'verify', path], {});
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout).toContain(
      'Packet 1 of Churn: Retrain version 1. Train on the new source',
    );
    expect(checked.stdout).toContain('The packet is valid.');
    const unpacked = join(folder, 'unpacked');
    for (const [name, bytes] of readZip(readFileSync(path))) {
      mkdirSync(dirname(join(unpacked, name)), { recursive: true });
      writeFileSync(join(unpacked, name), bytes);
    }
    const asFolder = await verify(unpacked);
    expect(asFolder.code).toBe(0);
    expect(stepsOf(asFolder.stdout)).toEqual({
      form: 'passed',
      digests: 'passed',
      statement: 'passed',
      handOver: 'passed',
      approval: 'passed',
      trustedKeys: 'skipped',
    });
  });

  it('says which packets there are when the one asked for is none to hand over', async () => {
    expect(await exportPacket(path)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is there already. Nothing was written') as string,
    });
    const other = join(folder, 'other.zip');
    expect(await exportPacket(other, '--packet', '2')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('This packet is a draft') as string,
    });
    expect(await exportPacket(other, '--packet', '9')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'Churn has no packet 9. Nothing was written. There are: 2 (draft: Not yet), 1 (approved',
      ) as string,
    });
  });

  it('exits with 1 for a key that is not the given one, and with 2 for a file that is not there', async () => {
    const wrong = await verify(path, '--trust', `Ada Analyst=${'0'.repeat(64)}`);
    expect(wrong.code).toBe(1);
    expect(stepsOf(wrong.stdout)).toMatchObject({ approval: 'passed', trustedKeys: 'failed' });
    expect(await verify(join(folder, 'nowhere.zip'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere.zip cannot be read. Nothing was checked.') as string,
    });
  });

  it.each([
    ['the text for people', 'README.md', 'digests'],
    ['what was approved', 'packet.json', 'digests'],
    ['who approved it', 'approval.json', 'digests'],
    ['the list of digests', 'digests-sha256.txt', 'digests'],
    ['the statement', 'signature/statement.json', 'handOver'],
    ['the signature', 'signature/statement.sig', 'handOver'],
    ['the envelope', 'signature/envelope.dsse.json', 'handOver'],
  ])('finds that somebody changed %s', (_what, name, step) => {
    const files = new Map(readZip(readFileSync(path)));
    const bytes = Buffer.from(files.get(name)!);
    // One letter or bit within a text that stays JSON where it was.
    const at = Math.max(bytes.lastIndexOf('a'), 3);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    files.set(name, bytes);
    const { isValid, steps } = verifyPacket(files);
    expect(isValid).toBe(false);
    expect(steps.find(({ id }) => id === step)).toMatchObject({ status: 'failed' });
  });

  it('finds a file that nobody signed', async () => {
    const files = new Map([...readZip(readFileSync(path)), ['extra.sh', Buffer.from('rm')]]);
    const changed = join(tempFolder(), 'changed.zip');
    writeFileSync(changed, writeZip(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))));
    const run = await verify(changed);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('extra.sh is a file that nobody signed.');
  });
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../electron/io/zip';
import { VERIFICATION_STEPS } from '../../shared/audit/auditPackage';
import numbers from '../golden/jcs/numbers.json';
import texts from '../golden/jcs/texts.json';
import { ANA_NAME, BEN_NAME, LETTER, VERIFIER_FOLDER } from './packageFixture';
import { hasTools } from './requireTools';
import { TAMPER_CASES } from './tamperCases';
import { GENUINE } from './tamperTools';

const HAS_SHELL = hasTools('sh', 'unzip', 'openssl', 'sha256sum');
const HAS_PYTHON = hasTools('python3');
const TRUST = Object.entries(LETTER).map(([name, fingerprint]) => `${name}=${fingerprint}`);
const PYTHON_TRUST = TRUST.flatMap((pair) => ['--trust', pair]);

let folder = '';
let nextFolder = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-auditor-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string, args: readonly string[], cwd = folder) {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function unpack(files: ReadonlyMap<string, Uint8Array>): string {
  const target = join(folder, String((nextFolder += 1)));
  for (const [path, content] of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
  }
  return target;
}

function runShellVerifier(target: string, trust = TRUST) {
  return run('sh', [join(VERIFIER_FOLDER, 'verify.sh'), target, ...trust]);
}

function runPythonVerifier(...args: readonly string[]) {
  return run('python3', [join(VERIFIER_FOLDER, 'verify.py'), ...args]);
}

function failedSteps(json: string): string[] {
  const { steps }: { steps: { id: string; status: string }[] } = JSON.parse(json);
  return steps.filter(({ status }) => status === 'failed').map(({ id }) => id);
}

/** Attacks that leave a package that can be unpacked, with the step that finds each. */
const FOLDER_CASES = TAMPER_CASES.filter(({ step }) => step !== 'zipForm');
/** The steps that sh, sha256sum and openssl are enough for. */
const SHELL_STEPS = ['manifestDigests', 'statement', 'envelope', 'signatures', 'trustedKeys'];

describe.skipIf(!HAS_SHELL)('the commands of README.txt', () => {
  it('all succeed, as printed, on a genuine package', () => {
    const home = mkdtempSync(join(folder, 'readme-'));
    writeFileSync(join(home, 'PACKAGE.zip'), GENUINE);
    const readme = Buffer.from(readZip(GENUINE).get('README.txt')!).toString();
    const commands = readme.split('\n').filter((line) => line.startsWith('    '));
    let script = commands.join('\n');
    for (const [name, fingerprint] of Object.entries(LETTER)) {
      script = script.replaceAll(`${name}=FINGERPRINT`, `${name}=${fingerprint}`);
    }
    const result = run('sh', ['-euc', script], home);
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).not.toContain('FINGERPRINT');
    expect(result.stdout.match(/Signature Verified Successfully/g)).toHaveLength(3);
    expect(result.stdout.match(/: OK$/gm)).toHaveLength(13);
    for (const fingerprint of Object.values(LETTER))
      expect(result.stdout).toContain(`${fingerprint}  -`);
    expect(result.stdout).toContain('\n1\n'); // grep counted the digest of the manifest once
    expect(result.stdout).toContain('OK: 13 files, 2 signatures\n');
    expect(result.stdout).toContain('VALID, signed by the known keys\n');
  });
});

describe.skipIf(!HAS_SHELL)('verify.sh', () => {
  it('accepts the genuine files, with the letter in any order', () => {
    const target = unpack(readZip(GENUINE));
    const expected = { status: 0, stdout: 'OK: 13 files, 2 signatures\n', stderr: '' };
    expect(runShellVerifier(target)).toEqual(expected);
    expect(runShellVerifier(target, [...TRUST].reverse())).toEqual(expected);
  });

  it('refuses a letter that does not fit', () => {
    const target = unpack(readZip(GENUINE));
    const [ana = '', ben = ''] = TRUST;
    const letters = [[], [ana], [ana, ana], [ana, ben, ben], [ana, ben.replace(/.$/, 'x')]];
    for (const letter of letters) expect(runShellVerifier(target, letter).status).toBe(1);
  });

  it('refuses every attack on files, digests, statement and signatories', () => {
    const cases = FOLDER_CASES.filter(
      ({ name, step, trusted }) => SHELL_STEPS.includes(step) && !trusted && !/Windows/.test(name),
    );
    const accepted = cases.filter(
      ({ bytes }) => runShellVerifier(unpack(readZip(bytes()))).status === 0,
    );
    expect(accepted.map(({ name }) => name)).toEqual([]);
    expect(cases.length).toBeGreaterThan(20);
  });

  it('refuses added, removed and linked files, with or without a re-made manifest', () => {
    const files = readZip(GENUINE);
    const added = unpack(new Map([...files, ['data/more.json', Buffer.from('x')]]));
    const hidden = unpack(new Map([...files, ['.hidden', Buffer.from('x')]]));
    const removed = unpack(new Map([...files].filter(([path]) => path !== 'data/model.json')));
    const remade = unpack(new Map([...files, ['data/more.json', Buffer.from('x')]]));
    run('sh', ['-c', 'sha256sum data/more.json >> manifest-sha256.txt'], remade);
    const linked = unpack(new Map([...files].filter(([path]) => path !== 'data/model.json')));
    symlinkSync(join(added, 'data/model.json'), join(linked, 'data/model.json'));
    for (const target of [added, hidden, removed, remade, linked]) {
      expect(runShellVerifier(target)).toMatchObject({ status: 1 });
    }
  });

  it('refuses one flipped bit in every file', () => {
    const files = readZip(GENUINE);
    for (const [path, content] of files) {
      const flipped = Uint8Array.from(content);
      flipped[Math.floor(content.length / 2)]! ^= 4;
      const result = runShellVerifier(unpack(new Map(files).set(path, flipped)));
      expect({ path, status: result.status }).toEqual({ path, status: 1 });
    }
  });
});

describe.skipIf(!HAS_PYTHON)('verify.py', () => {
  it('has the steps and the titles of the application', () => {
    const code = 'import json, verify; print(json.dumps(verify.STEPS))';
    const { stdout } = run('python3', ['-c', code], VERIFIER_FOLDER);
    expect(JSON.parse(stdout)).toEqual(VERIFICATION_STEPS);
  });

  it('answers 0 for a genuine ZIP and for its folder, and says when no key was compared', () => {
    const zip = join(folder, 'genuine.zip');
    writeFileSync(zip, GENUINE);
    const target = unpack(readZip(GENUINE));
    const trusted = runPythonVerifier(zip, ...PYTHON_TRUST);
    expect(trusted).toMatchObject({ status: 0, stderr: '' });
    expect(trusted.stdout).toMatch(/\nVALID, signed by the known keys\n$/);
    expect(runPythonVerifier(target, ...PYTHON_TRUST)).toMatchObject({ status: 0, stderr: '' });
    const untrusted = runPythonVerifier(zip);
    expect(untrusted.status).toBe(0);
    expect(untrusted.stdout).toContain('VALID, but no key was compared');
    expect(untrusted.stdout).toContain(`${ANA_NAME}=${LETTER[ANA_NAME]}`);
  });

  it('answers 1 for a package that is not valid, naming the step', () => {
    const zip = join(folder, 'tampered.zip');
    writeFileSync(zip, Buffer.concat([GENUINE, Buffer.from('x')]));
    const result = runPythonVerifier(zip, '--json');
    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect(failedSteps(result.stdout)).toEqual(['zipForm']);
  });

  it('answers 2 when there is nothing to read or the usage is wrong', () => {
    const zip = join(folder, 'genuine.zip');
    const calls = [
      [join(folder, 'none.zip')],
      [],
      [zip, '--trust', 'ana'],
      [zip, '--trust', 'ana=12'],
      [zip, '--other'],
    ];
    for (const args of calls) {
      const { status, stdout, stderr } = runPythonVerifier(...args);
      expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: '' });
      expect(stderr).not.toBe('');
    }
  });

  it('refuses links in a folder', () => {
    const target = unpack(
      new Map([...readZip(GENUINE)].filter(([path]) => path !== 'report.html')),
    );
    symlinkSync('/etc/hostname', join(target, 'report.html'));
    const result = runPythonVerifier(target, '--json');
    expect(result.status).toBe(1);
    expect(failedSteps(result.stdout)).toEqual(['zipForm']);
  });

  it('writes the JSON numbers and the key order of RFC 8785', () => {
    const code = `
import json, struct, sys, verify
data = json.load(sys.stdin)
def number(bits):
    try:
        return verify.canonical(struct.unpack(">d", bytes.fromhex(bits))[0])
    except (verify.Refused, ValueError):
        return None
print(json.dumps([[number(bits) for bits, _ in data["numbers"]],
    [verify.canonical(json.loads(t["written"], parse_int=float)) for t in data["texts"]]]))`;
    const { stdout } = spawnSync('python3', ['-B', '-c', code], {
      cwd: VERIFIER_FOLDER,
      encoding: 'utf8',
      input: JSON.stringify({ numbers: numbers.vectors, texts: texts.vectors }),
    });
    expect(JSON.parse(stdout)).toEqual([
      numbers.vectors.map(([, json]) => json),
      texts.vectors.map(({ canonical }) => canonical),
    ]);
  });

  it('does not let a package steer the terminal', () => {
    const target = unpack(
      new Map([...readZip(GENUINE), ['sig/\u001b[2Jx\u202e', Buffer.from('x')]]),
    );
    const { status, stdout } = runPythonVerifier(target);
    expect(status).toBe(1);
    expect(stdout).not.toMatch(/[^\P{C}\n]/u);
  });
});

describe('the names of the letter', () => {
  it('are those of the key files', () => {
    const paths = [...readZip(GENUINE).keys()];
    expect(paths).toEqual(expect.arrayContaining([`keys/${ANA_NAME}.pem`, `sig/${BEN_NAME}.sig`]));
  });
});

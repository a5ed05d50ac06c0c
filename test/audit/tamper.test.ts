import { describe, expect, it } from 'vitest';
import { inPackageOrder } from '../../electron/audit/packageBuilder';
import { verifyPackage } from '../../electron/audit/verifyPackage';
import { readZip, writeZip } from '../../electron/io/zip';
import type { VerificationStep } from '../../shared/audit/auditPackage';
import { LETTER, makePackage, packageInput } from './packageFixture';
import { verifyWithPython } from './pythonVerifier';
import { hasTools } from './requireTools';
import { TAMPER_CASES } from './tamperCases';
import { GENUINE } from './tamperTools';

const HAS_PYTHON = hasTools('python3');

function flipBit(bytes: Uint8Array, at: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  flipped[at]! ^= 1 << (at % 8);
  return flipped;
}

function firstFailure(steps: readonly VerificationStep[]): string | undefined {
  return steps.find(({ status }) => status === 'failed')?.id;
}

function statuses(steps: readonly VerificationStep[]): string[] {
  return steps.map(({ id, status }) => `${id} ${status}`);
}

/** The package with short stand-ins for the two verifiers, so that every byte can be tried. */
function smallPackage(): Uint8Array {
  const verifier = { python: Buffer.from('print()\n'), shell: Buffer.from('echo\n') };
  return makePackage({ ...packageInput(), verifier });
}

describe('a tampered package', () => {
  it.each(TAMPER_CASES)('fails at $step: $name', ({ bytes, step, trusted = LETTER }) => {
    const result = verifyPackage(bytes(), { trusted });
    expect({ first: firstFailure(result.steps), isValid: result.isValid }).toEqual({
      first: step,
      isValid: false,
    });
  });

  it.skipIf(!HAS_PYTHON)('gets the same verdict on every step from verify.py', () => {
    const packages = TAMPER_CASES.map(({ bytes, trusted = LETTER }) => ({
      bytes: bytes(),
      trusted,
    }));
    const byPython = verifyWithPython(packages).map(statuses);
    const byUs = packages.map(({ bytes, trusted }) =>
      statuses(verifyPackage(bytes, { trusted }).steps),
    );
    const named = (lists: string[][]) => lists.map((list, i) => [TAMPER_CASES[i]!.name, ...list]);
    expect(named(byPython)).toEqual(named(byUs));
  });

  it('is refused whichever byte of the ZIP has one bit flipped', () => {
    const accepted = Array.from(GENUINE.keys()).filter(
      (at) => verifyPackage(flipBit(GENUINE, at), { trusted: LETTER }).isValid,
    );
    expect(accepted).toEqual([]);
  }, 120_000);

  it('is refused whichever byte of whichever file has one bit flipped before packing', () => {
    const files = readZip(smallPackage());
    const accepted: string[] = [];
    let tried = 0;
    for (const [path, content] of files) {
      for (const at of content.keys()) {
        const changed = new Map(files).set(path, flipBit(content, at));
        const { isValid } = verifyPackage(writeZip(inPackageOrder(changed)), { trusted: LETTER });
        if (isValid) accepted.push(`${path} ${at}`);
        tried += 1;
      }
    }
    expect(accepted).toEqual([]);
    expect(tried).toBeGreaterThan(10_000);
  }, 120_000);

  it.skipIf(!HAS_PYTHON)('is refused by verify.py at the same steps for a sample of flips', () => {
    const small = smallPackage();
    const files = readZip(small);
    const inZip = Array.from({ length: 30 }, (_, i) => Math.floor((small.length * i) / 30));
    const inFiles = [...files].flatMap(([path, content]) =>
      [0.1, 0.5, 0.9].map((share) => {
        const flipped = flipBit(content, Math.floor(content.length * share));
        return writeZip(inPackageOrder(new Map(files).set(path, flipped)));
      }),
    );
    const packages = [...inZip.map((at) => flipBit(small, at)), ...inFiles].map((bytes) => ({
      bytes,
      trusted: LETTER,
    }));
    const byPython = verifyWithPython(packages);
    expect(byPython.map(firstFailure)).not.toContain(undefined);
    expect(byPython.map(statuses)).toEqual(
      packages.map(({ bytes, trusted }) => statuses(verifyPackage(bytes, { trusted }).steps)),
    );
  });

  it('never makes the verifier throw, whatever the bytes are', () => {
    const header = GENUINE.subarray(0, 200);
    const tail = GENUINE.subarray(-22);
    const hostile = Array.from({ length: 500 }, (_, i) => {
      const noise = Uint8Array.from({ length: i }, (_byte, at) => (at * 31 + i * 17) % 256);
      return Buffer.concat([header.subarray(0, i % 200), noise, tail]);
    });
    for (const bytes of hostile) {
      const result = verifyPackage(bytes, { trusted: LETTER });
      expect(statuses(result.steps).slice(0, 2)).toEqual(['zipForm failed', 'fileList skipped']);
      expect(result).toMatchObject({ isValid: false, isTrusted: false, summary: null });
    }
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RevokedKey, VerificationStep } from '../../shared/audit/auditPackage';
import { VERIFIER_FOLDER } from './packageFixture';

/** One process for many packages: imports verify.py and prints the steps of each package as JSON. */
const DRIVER = `
import json, sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import verify
for line in sys.stdin:
    case = json.loads(line)
    with open(case["path"], "rb") as file:
        print(json.dumps(verify.verify(file.read(), trusted=case["trusted"], revoked=case["revoked"])))
`;

export interface PackageUnderTest {
  readonly bytes: Uint8Array;
  readonly trusted: Readonly<Record<string, string>>;
  readonly revoked?: readonly RevokedKey[];
}

/** Runs the single-file verifier over packages; each answer holds the steps of one of them. */
export function verifyWithPython(packages: readonly PackageUnderTest[]): VerificationStep[][] {
  const folder = mkdtempSync(join(tmpdir(), 'assay-verify-'));
  try {
    const cases = packages.map(({ bytes, trusted, revoked = [] }, i) => {
      const path = join(folder, `${i}.zip`);
      writeFileSync(path, bytes);
      return JSON.stringify({ path, trusted, revoked });
    });
    const run = spawnSync('python3', ['-c', DRIVER, VERIFIER_FOLDER], {
      input: `${cases.join('\n')}\n`,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (run.status !== 0) throw new Error(`verify.py failed: ${run.stderr}`);
    return run.stdout
      .trim()
      .split('\n')
      .map((line): VerificationStep[] => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { RevocationList, type RevokedKey } from '../../shared/audit/auditPackage';
import { AppFailure } from '../../shared/ipc/errors';
import { valueOf } from '../app/answer';
import { withCliCore } from './cliCore';
import { EXIT } from './exitCode';
import { parseTrust } from './trustOption';

interface VerifyOptions {
  readonly trust: readonly string[];
  readonly revoked?: string;
  readonly json: boolean;
}

/** `assay verify PACKAGE [--trust NAME=FINGERPRINT] [--revoked FILE] [--json]` */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('Check an audit package step by step; needs no workspace.')
    .argument('<package>', 'the .zip file')
    .option('--trust <name=fingerprint...>', 'key fingerprints from the cover letter', [])
    .option(
      '--revoked <file>',
      'a newer revocation list: data/revoked-keys.json of a later package',
    )
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', '\nExit codes: 0 valid; 1 invalid; 2 could not be done.')
    .action((file: string, { trust, revoked: list, json }: VerifyOptions) =>
      withCliCore({}, async ({ call, tokens }) => {
        const source = { token: tokens.tokenFor(resolve(file)) };
        const trusted = parseTrust(trust);
        const revoked = list === undefined ? [] : readRevoked(resolve(list));
        const { verification } = valueOf<'audit.verifyPackage'>(
          await call('audit.verifyPackage', { source, trusted, revoked }),
        );
        const lines = verification.steps.map(
          ({ status, title, detail }) => `${status.padEnd(7)}  ${title}: ${detail}`,
        );
        lines.push(verification.isValid ? 'The package is valid.' : 'The package is NOT valid.');
        process.stdout.write(
          `${json ? JSON.stringify({ path: resolve(file), ...verification }, null, 2) : lines.join('\n')}\n`,
        );
        process.exitCode = verification.isValid ? EXIT.done : EXIT.found;
      }),
    );
}

function readRevoked(path: string): RevokedKey[] {
  try {
    return RevocationList.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new AppFailure(
      'BAD_DATA',
      `${path} cannot be read as a revocation list. Nothing was verified. Give data/revoked-keys.json of a later package.`,
      { file: path },
    );
  }
}

import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AppFailure } from '../../shared/ipc/errors';
import { valueOf } from '../app/sampleStory';
import { withCliCore } from './cliCore';
import { EXIT } from './exitCode';

/** `assay verify PACKAGE [--trust NAME=FINGERPRINT] [--json]` */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('Check an audit package step by step; needs no workspace.')
    .argument('<package>', 'the .zip file')
    .option('--trust <name=fingerprint...>', 'key fingerprints from the cover letter', [])
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', '\nExit codes: 0 valid; 1 invalid; 2 could not be done.')
    .action((file: string, { trust, json }: { trust: readonly string[]; json: boolean }) =>
      withCliCore({}, async ({ call, tokens }) => {
        const source = { token: tokens.tokenFor(resolve(file)) };
        const trusted = parseTrust(trust);
        const { verification } = valueOf<'audit.verifyPackage'>(
          await call('audit.verifyPackage', { source, trusted }),
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

function parseTrust(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const cut = pair.lastIndexOf('=');
      const fingerprint = pair.slice(cut + 1).toLowerCase();
      if (cut < 1 || !/^[0-9a-f]{64}$/u.test(fingerprint)) {
        throw new AppFailure(
          'INVALID_INPUT',
          `--trust wants NAME=FINGERPRINT with 64 hexadecimal digits, not ${pair}.`,
        );
      }
      return [pair.slice(0, cut), fingerprint];
    }),
  );
}

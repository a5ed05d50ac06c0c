import { resolve } from 'node:path';
import type { Command } from 'commander';
import { valueOf } from '../app/answer';
import { withCliCore } from './cliCore';
import { EXIT } from './exitCode';

interface VerifyOptions {
  readonly bundle: string;
  readonly publicKey: string;
  readonly ignore: readonly string[];
  readonly json: boolean;
}

/** `assay registry verify MODEL --bundle FILE --public-key FILE [--ignore PATH] [--json]` */
export function addRegistryVerify(registry: Command): void {
  registry
    .command('verify')
    .description('Check a model against an OpenSSF Model Signing bundle; needs no workspace.')
    .argument('<model>', 'the folder of the model, or its one file')
    .requiredOption('--bundle <file>', 'the signature (.sig)')
    .requiredOption('--public-key <file>', "the signer's public key (PEM), got by another way")
    .option(
      '--ignore <path...>',
      'paths in the folder that nobody signed and that do not count',
      [],
    )
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', '\nExit codes: 0 valid; 1 invalid; 2 could not be done.')
    .action(verify);
}

function verify(model: string, options: VerifyOptions): Promise<void> {
  return withCliCore({}, async ({ call, tokens }) => {
    const source = (file: string) => ({ token: tokens.tokenFor(resolve(file)) });
    const check = valueOf<'registry.verifyModelSignature'>(
      await call('registry.verifyModelSignature', {
        bundle: source(options.bundle),
        publicKey: source(options.publicKey),
        model: source(model),
        ignored: options.ignore,
      }),
    );
    const lines = check.steps.map(
      ({ status, id, detail }) => `${status.padEnd(7)}  ${id}: ${detail}`,
    );
    lines.push(
      check.isValid ? 'The model is as it was signed.' : 'The model is NOT as it was signed.',
    );
    process.stdout.write(`${options.json ? JSON.stringify(check, null, 2) : lines.join('\n')}\n`);
    process.exitCode = check.isValid ? EXIT.done : EXIT.found;
  });
}

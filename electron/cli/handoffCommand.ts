import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { formatBytes } from '../../shared/base/formatNumber';
import { PURPOSE_WORDS, type PacketHead } from '../../shared/handoff/packet';
import type { PacketCheck } from '../../shared/handoff/packetCheck';
import { AppFailure } from '../../shared/ipc/errors';
import { valueOf } from '../app/answer';
import { withCliCore, type CliCore } from './cliCore';
import { EXIT } from './exitCode';
import { modelsNamed } from './namedModels';
import { parseTrust } from './trustOption';
import { onWorkspace, openLocked, print, type UnlockOptions } from './unlockFirst';

interface ExportOptions extends UnlockOptions {
  readonly model: string;
  readonly packet?: string;
  readonly out: string;
  readonly reason: string;
}

/** `assay handoff …`: hands approved packets over, and checks those that were received. */
export function addHandoffCommand(program: Command): void {
  const handoff = program
    .command('handoff')
    .description('Hand an approved packet over to a pipeline, and check one that was received.');
  onWorkspace(handoff.command('export'))
    .description('Sign an approved packet and write it as a ZIP file.')
    .requiredOption('--model <name>', 'name of the model')
    .option('--packet <n>', 'number of the packet (default: the newest that is approved)')
    .requiredOption('--out <file>', 'the file to write; one that is there is not replaced')
    .option('--reason <text>', 'goes on record with your signature', 'Handed over.')
    .addHelpText('after', '\nExit codes: 0 written; 2 could not be done.')
    .action(exportPacket);
  handoff
    .command('verify')
    .description('Check a packet step by step; needs no workspace.')
    .argument('<packet>', 'the .zip file, or the folder')
    .option('--trust <name=fingerprint...>', 'key fingerprints that you got by another way', [])
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', '\nExit codes: 0 valid; 1 invalid; 2 could not be done.')
    .action(verifyPacket);
}

function exportPacket(folder: string, options: ExportOptions): Promise<void> {
  const savePath = resolve(options.out);
  return withCliCore({ savePath }, async (cli) => {
    // The desktop's dialog asks before it replaces a file; here nobody can be asked.
    if (existsSync(savePath)) {
      throw new AppFailure(
        'CONFLICT',
        `${savePath} is there already. Nothing was written; give --out a new name.`,
      );
    }
    const person = await openLocked(cli, folder, options);
    const status = valueOf<'vault.unlock'>(await cli.call('vault.unlock', person));
    const { id: packetId, number, revision } = await choosePacket(cli, options);
    const signing = {
      meaning: 'responsibility' as const,
      reason: options.reason,
      passphrase: person.passphrase,
      printedName: status.state === 'unlocked' ? status.person.printedName : null,
    };
    const file = valueOf<'handoff.exportPacket'>(
      await cli.call('handoff.exportPacket', { packetId, revision, format: 'zip', signing }),
    );
    print(options, { number, ...file }, [
      `Wrote packet ${number} as ${file.path} (${formatBytes(file.sizeBytes)}).`,
      `SHA-256: ${file.sha256}`,
    ]);
  });
}

/** @throws AppFailure NOT_FOUND with the packets that there are */
async function choosePacket(
  cli: CliCore,
  { model, packet: number }: ExportOptions,
): Promise<PacketHead> {
  const [{ id: modelId }] = await modelsNamed(cli, model);
  const packets = valueOf<'handoff.listPackets'>(
    await cli.call('handoff.listPackets', { modelId }),
  );
  const chosen =
    number === undefined
      ? packets.find(({ state }) => state === 'approved')
      : packets.find((one) => String(one.number) === number);
  if (chosen !== undefined) return chosen;
  const wanted = number === undefined ? 'no approved packet' : `no packet ${number}`;
  const list = packets.map((one) => `${one.number} (${one.state}: ${one.title})`).join(', ');
  throw new AppFailure(
    'NOT_FOUND',
    `${model} has ${wanted}. Nothing was written. There are: ${list || 'none'}.`,
  );
}

interface VerifyOptions {
  readonly trust: readonly string[];
  readonly json: boolean;
}

function verifyPacket(path: string, { trust, json }: VerifyOptions): Promise<void> {
  return withCliCore({}, async ({ call, tokens }) => {
    const source = { token: tokens.tokenFor(resolve(path)) };
    const { check } = valueOf<'handoff.verifyPacket'>(
      await call('handoff.verifyPacket', { source, trusted: parseTrust(trust) }),
    );
    process.stdout.write(
      `${json ? JSON.stringify({ path: resolve(path), ...check }, null, 2) : toLines(check).join('\n')}\n`,
    );
    process.exitCode = check.isValid ? EXIT.done : EXIT.found;
  });
}

function toLines({ isValid, steps, packet }: PacketCheck): readonly string[] {
  const asks =
    packet === null
      ? []
      : [
          `Packet ${packet.number} of ${packet.modelName}: ${PURPOSE_WORDS[packet.content.purpose]} version ${packet.content.subject.version}. ${packet.content.title}`,
        ];
  return [
    ...asks,
    ...steps.map(({ status, title, detail }) => `${status.padEnd(7)}  ${title}: ${detail}`),
    isValid ? 'The packet is valid.' : 'The packet is NOT valid.',
  ];
}

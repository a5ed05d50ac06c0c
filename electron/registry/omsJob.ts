import { readFile, stat } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import { formatBytes, formatCount } from '../../shared/base/formatNumber';
import {
  MODEL_SIGNING_STEPS,
  type ModelSigningCheck,
  type ModelSigningStep,
} from '../../shared/registry/modelSigningChannels';
import type { ArtefactCheck } from '../../shared/registry/artefactChannels';
import { badData } from '../io/badData';
import type { JobScope } from '../workers/jobRunner';
import { compareWith, hashArtefacts, type HashedArtefacts } from './artefactJob';
import { isSignatureOf, readBundle, readCheckingKey } from './omsBundle';
import { DEFAULT_IGNORED, readStatement, type OmsStatement } from './omsStatement';

/** A manifest of 100,000 files is far smaller. */
const MAX_BUNDLE_BYTES = 64 * 2 ** 20;
const MAX_KEY_BYTES = 64 * 2 ** 10;

interface OmsInput {
  /** The bundle. */
  readonly path: string;
  readonly keyPath: string;
  /** Folder of the model, or its one file. */
  readonly modelPath: string;
  readonly ignored: readonly string[];
}

type Findings = Map<ModelSigningStep['id'], Omit<ModelSigningStep, 'id'>>;

/**
 * Checks a model against an OpenSSF Model Signing bundle and a public key (job `registry.verifyOms`).
 *
 * In a job process, because the bundle may come from anyone. Nothing of the statement is read before its
 * signature is known to be good.
 *
 * @returns what was found, step by step; a bundle that is wrong is a result, not a failure
 * @throws AppFailure BAD_DATA (a file cannot be read at all, or the model changes meanwhile), CANCELLED
 * @source OpenSSF Model Signing 1.0, section 8; vectors in test/golden/oms
 */
export async function verifyOms(input: OmsInput, scope: JobScope): Promise<ModelSigningCheck> {
  const bundleText = await readText(input.path, MAX_BUNDLE_BYTES);
  const keyText = await readText(input.keyPath, MAX_KEY_BYTES);
  const findings: Findings = new Map();
  const statement = signedStatement(bundleText, keyText, findings);
  const files = statement === null ? null : await compareFiles(input, statement, scope);
  if (files !== null) findings.set('files', fileFinding(files));
  const steps = MODEL_SIGNING_STEPS.map((id) => ({
    id,
    ...(findings.get(id) ?? {
      status: 'skipped' as const,
      detail: 'Not checked: a step before it failed.',
    }),
  }));
  const [subject] = statement?.subject ?? [];
  return {
    isValid: steps.every(({ status }) => status === 'passed'),
    steps,
    subject:
      subject === undefined ? null : { name: subject.name, rootSha256: subject.digest.sha256 },
    files,
  };
}

/** The statement, once everything before the files holds. */
function signedStatement(
  bundleText: string,
  keyText: string,
  findings: Findings,
): OmsStatement | null {
  const fail = (id: ModelSigningStep['id'], detail: string): null => {
    findings.set(id, { status: 'failed', detail });
    return null;
  };
  const pass = (id: ModelSigningStep['id'], detail: string): unknown =>
    findings.set(id, { status: 'passed', detail });
  const signed = readBundle(bundleText);
  if (typeof signed === 'string') return fail('bundle', signed);
  pass('bundle', 'A Sigstore bundle with one signed in-toto statement.');
  const key = readCheckingKey(keyText);
  if (typeof key === 'string') return fail('key', key);
  if (signed.keyHint !== null && signed.keyHint !== key.hint) {
    return fail('key', 'The bundle names another key than the one that was given.');
  }
  pass('key', `${key.kind}, SHA-256 of its PEM form ${key.hint}.`);
  if (!isSignatureOf(key, signed)) {
    return fail(
      'signature',
      'The signature was not made with this key, or what it covers was changed.',
    );
  }
  pass('signature', 'The statement is exactly what was signed with this key.');
  const statement = readStatement(signed.payload);
  if (typeof statement === 'string') return fail('statement', statement);
  const { length } = statement.predicate.resources;
  pass(
    'statement',
    `OpenSSF Model Signing 1.0 over ${formatCount(length)} ${length === 1 ? 'file' : 'files'}.`,
  );
  return statement;
}

async function compareFiles(
  { path, modelPath, ignored }: OmsInput,
  { predicate }: OmsStatement,
  scope: JobScope,
): Promise<ArtefactCheck> {
  const { resources, serialization } = predicate;
  const within = relative(resolve(modelPath), resolve(path)).split(sep).join('/');
  const found = await hashArtefacts(
    {
      path: modelPath,
      // The bundle itself may lie beside the files, and nobody can sign it into itself.
      ignored: [...DEFAULT_IGNORED, ...serialization.ignore_paths, ...ignored, within],
    },
    scope,
  );
  return compareWith(
    found,
    resources.map(({ name, digest }) => ({ path: fileName(name, found), sha256: digest })),
  );
}

/** Older signers call a model of one file `.`. */
function fileName(name: string, { files }: HashedArtefacts): string {
  return name === '.' && files.length === 1 ? (files[0]?.path ?? name) : name;
}

function fileFinding(files: ArtefactCheck): Omit<ModelSigningStep, 'id'> {
  const { nSame, nChanged, nMissing, nExtra, nRefused } = files;
  if (files.isSame) {
    return {
      status: 'passed',
      detail: `Every one of ${formatCount(nSame)} files is as it was signed.`,
    };
  }
  const detail = `${formatCount(nChanged)} changed, ${formatCount(nMissing)} missing, ${formatCount(nExtra)} that nobody signed, ${formatCount(nRefused)} links or other entries; ${formatCount(nSame)} as signed.`;
  return { status: 'failed', detail };
}

async function readText(path: string, maxBytes: number): Promise<string> {
  const file = basename(path);
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
  if (size === null) throw badData(file, 'there is no such file, or you may not read it.');
  if (size > maxBytes) throw badData(file, `it is larger than ${formatBytes(maxBytes)}.`);
  return readFile(path, 'utf8').catch(() => {
    throw badData(file, 'it cannot be read.');
  });
}

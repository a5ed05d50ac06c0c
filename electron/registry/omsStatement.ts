import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Sha256Hex } from '../../shared/base/files';
import type { ArtefactFile } from '../../shared/registry/model';
import { byCodePoint } from '../io/folderWalk';

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'https://model_signing/signature/v1.0';

/** Top-level names that no manifest covers. */
export const DEFAULT_IGNORED = ['.git', '.gitattributes', '.github', '.gitignore'] as const;

/** Further keys may be there and mean nothing. */
const Resource = z.object({
  name: z.string().min(1),
  digest: Sha256Hex,
  algorithm: z.literal('sha256'),
});

export const OmsStatement = z.object({
  _type: z.literal(STATEMENT_TYPE),
  subject: z
    .tuple([z.object({ name: z.string().min(1), digest: z.object({ sha256: Sha256Hex }) })])
    .readonly(),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: z.object({
    resources: z.array(Resource).min(1).max(100_000).readonly(),
    serialization: z.object({
      method: z.literal('files'),
      hash_type: z.literal('sha256'),
      shard_size: z.never().optional(),
      allow_symlinks: z.boolean(),
      ignore_paths: z.array(z.string()).readonly().default([]),
    }),
  }),
});
export type OmsStatement = z.infer<typeof OmsStatement>;

/**
 * The in-toto statement of OpenSSF Model Signing over a manifest: what a signature of a model covers.
 *
 * @param name of the folder, or of the one file
 * @param files in the order of their paths' code points; what the standard never covers is left out
 * @throws RangeError when no file is left
 * @source OpenSSF Model Signing 1.0, sections 5 and 6
 */
export function omsStatement(name: string, files: readonly ArtefactFile[]): OmsStatement {
  const ignored: readonly string[] = DEFAULT_IGNORED;
  const resources = files
    .filter(({ path }) => !ignored.includes(path.split('/', 1)[0] ?? ''))
    .map(({ path, sha256 }) => ({ name: path, digest: sha256, algorithm: 'sha256' as const }));
  if (resources.length === 0) throw new RangeError('omsStatement: no file to sign');
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name, digest: { sha256: rootDigest(resources) } }],
    predicateType: PREDICATE_TYPE,
    predicate: {
      resources,
      serialization: {
        method: 'files',
        hash_type: 'sha256',
        allow_symlinks: false,
        ignore_paths: [...ignored],
      },
    },
  };
}

/** One digest for the whole manifest: SHA-256 over the raw digests of its files, in order. */
function rootDigest(resources: readonly { readonly digest: string }[]): string {
  const hash = createHash('sha256');
  for (const { digest } of resources) hash.update(digest, 'hex');
  return hash.digest('hex');
}

/**
 * Reads a signed statement.
 *
 * @returns the statement, or what is wrong with it in a sentence
 */
export function readStatement(payload: Uint8Array): OmsStatement | string {
  const parsed = OmsStatement.safeParse(parseJson(Buffer.from(payload).toString('utf8')));
  if (!parsed.success) return describeIssue(parsed.error.issues[0]);
  const { subject, predicate } = parsed.data;
  return resourceProblem(predicate.resources, subject[0].digest.sha256) ?? parsed.data;
}

/** Undefined where it is no JSON, which no schema takes. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  const place = issue?.path.map(String).join('.') ?? '';
  if (place === 'predicateType')
    return `It is no statement about a model: its predicateType is not ${PREDICATE_TYPE}.`;
  if (/method|hash_type|algorithm|shard_size/u.test(place)) {
    return `It uses a way of hashing that Assay does not check (${place}); Assay checks whole files with SHA-256.`;
  }
  return place === ''
    ? 'It is no in-toto statement in JSON.'
    : `It is no statement of OpenSSF Model Signing: ${place} is missing or wrong.`;
}

function resourceProblem(
  resources: OmsStatement['predicate']['resources'],
  root: string,
): string | null {
  const names = resources.map(({ name }) => name);
  const isSingle = resources.length === 1; // older signers call the one file `.`
  const odd = names.find((name) => !isCanonical(name) && !(isSingle && name === '.'));
  if (odd !== undefined)
    return `It names a file by a path that is not plain and relative: ${odd.slice(0, 200)}.`;
  const isSorted = names.every((name, i) => i === 0 || byCodePoint(names[i - 1] ?? '', name) < 0);
  if (!isSorted) return 'Its files are not sorted by name, or one is named twice.';
  return rootDigest(resources) === root
    ? null
    : 'Its digest of the whole model does not fit the digests of its files.';
}

function isCanonical(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

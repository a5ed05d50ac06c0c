import type { AppContext } from '../app/context';
import { leafHashes } from './auditRepo';
import { checkpointText, formatNote, noteKeyHash } from './checkpoint';
import { buildTree, inclusionProof, treeRoot } from './merkleTree';
import type { Hash } from './merkleTree';
import type { PackageInput } from './packageBuilder';
import { readPublicKey } from './publicKey';

/**
 * The state of the log as a note that the log's key of the signed-in person has signed.
 *
 * @param head number of events, and the RFC 6962 root over them
 */
export function signedCheckpoint(
  ctx: Pick<AppContext, 'workspace' | 'logSigner'>,
  head: { readonly size: number; readonly root: Hash },
): string {
  const origin = `assay/${ctx.workspace.id}`;
  const text = checkpointText({ origin, ...head });
  const publicKey = readPublicKey(ctx.logSigner.publicKeyPem);
  const signature = {
    name: origin,
    keyHash: noteKeyHash(origin, publicKey),
    signature: ctx.logSigner.signBytes(new TextEncoder().encode(text)),
  };
  return formatNote({ text, signatures: [signature] });
}

/**
 * The signed state of the whole log, and the proof that each given event is in it.
 *
 * @param seqs the events in scope, in order
 * Cost: O(n) hashes over the log.
 */
export function buildCheckpointedTree(
  ctx: AppContext,
  seqs: readonly number[],
): Pick<PackageInput, 'tree' | 'checkpoint'> {
  const leaves = leafHashes(ctx.db);
  const tree = buildTree(leaves);
  const head = { size: leaves.length, root: treeRoot(tree) };
  return {
    tree: { ...head, proofs: seqs.map((seq) => inclusionProof(tree, seq - 1)) },
    checkpoint: signedCheckpoint(ctx, head),
  };
}

import type { AppContext } from '../app/context';
import { leafHashes } from './auditRepo';
import { checkpointText, formatNote, noteKeyHash } from './checkpoint';
import { buildTree, inclusionProof, treeRoot } from './merkleTree';
import type { PackageInput } from './packageBuilder';
import { readPublicKey } from './publicKey';

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
  const root = treeRoot(tree);
  const origin = `assay/${ctx.workspace.id}`;
  const text = checkpointText({ origin, size: leaves.length, root });
  const publicKey = readPublicKey(ctx.logSigner.publicKeyPem);
  const signature = {
    name: origin,
    keyHash: noteKeyHash(origin, publicKey),
    signature: ctx.logSigner.signBytes(new TextEncoder().encode(text)),
  };
  return {
    tree: { size: leaves.length, root, proofs: seqs.map((seq) => inclusionProof(tree, seq - 1)) },
    checkpoint: formatNote({ text, signatures: [signature] }),
  };
}

import { createHash } from 'node:crypto';

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);
const HASH_BYTES = 32;

/** A SHA-256 digest, 32 bytes. */
export type Hash = Uint8Array;

/** Root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Hash = createHash('sha256').digest();

/** Hash of a log entry: SHA-256(0x00 || body). @source RFC 6962 section 2.1 */
export function leafHash(body: Uint8Array): Hash {
  return createHash('sha256').update(LEAF_PREFIX).update(body).digest();
}

/** Hash of an inner node: SHA-256(0x01 || left || right). @source RFC 6962 section 2.1 */
export function nodeHash(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest();
}

/**
 * The right edge of an append-only tree: the roots of its complete subtrees, largest first.
 *
 * One hash per set bit of `size`; enough to append and to compute the root without the leaves.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Hash[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/**
 * Appends one leaf.
 *
 * @param leaf a {@link leafHash}
 * @returns the new frontier; the given one is not changed. Cost: O(log n) hashes at worst, 1 on average
 */
export function appendLeaf(frontier: Frontier, leaf: Hash): Frontier {
  const hashes = [...frontier.hashes];
  let merged = leaf;
  for (let rest = frontier.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    merged = nodeHash(hashes.pop()!, merged);
  }
  return { size: frontier.size + 1, hashes: [...hashes, merged] };
}

/** Root of the tree behind a frontier. Cost: O(log n). */
export function frontierRoot(frontier: Frontier): Hash {
  if (frontier.hashes.length === 0) return EMPTY_ROOT;
  return frontier.hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** Writes a frontier as one line of text: the size, then the hashes in hex, separated by spaces. */
export function formatFrontier(frontier: Frontier): string {
  return [String(frontier.size), ...frontier.hashes.map(toHex)].join(' ');
}

/**
 * Reads what {@link formatFrontier} wrote.
 *
 * @throws RangeError when the text is not a frontier, or the number of hashes does not fit the size
 */
export function parseFrontier(text: string): Frontier {
  const [sizeText = '', ...hex] = text.split(' ');
  const size = Number(sizeText);
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(sizeText) || hex.length !== countSetBits(size)) {
    throw new RangeError('frontier: size and hashes do not fit');
  }
  if (hex.some((item) => !/^[0-9a-f]{64}$/.test(item)))
    throw new RangeError('frontier: not a hash');
  return { size, hashes: hex.map((item) => Buffer.from(item, 'hex')) };
}

/** All complete subtrees of a log, so that a proof costs O(log n): `levels[k][i]` covers 2^k leaves. */
export interface MerkleTree {
  readonly size: number;
  readonly levels: readonly (readonly Hash[])[];
}

/** Hashes a whole log. @param leaves leaf hashes in order of seq. Cost: O(n) time and memory. */
export function buildTree(leaves: readonly Hash[]): MerkleTree {
  const levels: (readonly Hash[])[] = [leaves];
  for (let below = leaves; below.length > 1; below = levels.at(-1)!) {
    const level: Hash[] = [];
    for (let i = 0; i + 1 < below.length; i += 2) level.push(nodeHash(below[i]!, below[i + 1]!));
    levels.push(level);
  }
  return { size: leaves.length, levels };
}

/** Root of the first `size` leaves (all of them unless told). Cost: O(log n). */
export function treeRoot(tree: MerkleTree, size = tree.size): Hash {
  if (size < 0 || size > tree.size) throw new RangeError('treeRoot: no tree of that size');
  return size === 0 ? EMPTY_ROOT : subtreeRoot(tree, 0, size);
}

/**
 * Proves that one leaf is in the tree.
 *
 * @param index position of the leaf, from 0
 * @returns the sibling hashes from the leaf up to the root
 * @source RFC 6962 section 2.1.1
 */
export function inclusionProof(tree: MerkleTree, index: number): Hash[] {
  if (!(index >= 0 && index < tree.size)) throw new RangeError('inclusionProof: no such leaf');
  const path: Hash[] = [];
  let start = 0;
  let end = tree.size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.unshift(subtreeRoot(tree, middle, end));
      end = middle;
    } else {
      path.unshift(subtreeRoot(tree, start, middle));
      start = middle;
    }
  }
  return path;
}

/**
 * Proves that the tree only grew since it had `oldSize` leaves.
 *
 * @source RFC 6962 section 2.1.2
 */
export function consistencyProof(tree: MerkleTree, oldSize: number): Hash[] {
  if (!(oldSize >= 0 && oldSize <= tree.size))
    throw new RangeError('consistencyProof: no such tree');
  if (oldSize === 0 || oldSize === tree.size) return [];
  const path: Hash[] = [];
  let start = 0;
  let end = tree.size;
  while (end !== oldSize) {
    const middle = start + splitPoint(end - start);
    if (oldSize <= middle) {
      path.unshift(subtreeRoot(tree, middle, end));
      end = middle;
    } else {
      path.unshift(subtreeRoot(tree, start, middle));
      start = middle;
    }
  }
  // The verifier knows the old root itself when the old tree is one complete subtree.
  return start === 0 ? path : [subtreeRoot(tree, start, end), ...path];
}

/** Checks an {@link inclusionProof} against a known root. @source RFC 9162 section 2.1.3.2 */
export function verifyInclusion(proof: {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly hashes: readonly Hash[];
  readonly root: Hash;
}): boolean {
  if (!(proof.index >= 0 && proof.index < proof.size)) return false;
  let node = proof.index;
  let last = proof.size - 1;
  let hash = proof.leaf;
  for (const sibling of proof.hashes) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalHashes(hash, proof.root);
}

/** Checks a {@link consistencyProof} against two known roots. @source RFC 9162 section 2.1.4.2 */
export function verifyConsistency(proof: {
  readonly oldSize: number;
  readonly oldRoot: Hash;
  readonly size: number;
  readonly root: Hash;
  readonly hashes: readonly Hash[];
}): boolean {
  const { oldSize, oldRoot, size, root, hashes } = proof;
  if (!(oldSize >= 0 && oldSize <= size)) return false;
  if (oldSize === size) return hashes.length === 0 && equalHashes(oldRoot, root);
  if (oldSize === 0) return hashes.length === 0 && equalHashes(oldRoot, EMPTY_ROOT);
  let node = oldSize - 1;
  let last = size - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  const [first, ...path] = node === 0 ? [oldRoot, ...hashes] : hashes;
  if (first === undefined) return false;
  let oldHash = first;
  let newHash = first;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalHashes(oldHash, oldRoot) && equalHashes(newHash, root);
}

/** Lowercase hex of a hash. */
export function toHex(hash: Hash): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('hex');
}

function subtreeRoot(tree: MerkleTree, start: number, end: number): Hash {
  const count = end - start;
  const level = Math.log2(count);
  if (Number.isInteger(level)) return tree.levels[level]![start / count]!;
  const middle = start + splitPoint(count);
  return nodeHash(subtreeRoot(tree, start, middle), subtreeRoot(tree, middle, end));
}

/** The largest power of two below `count`. */
function splitPoint(count: number): number {
  return 2 ** (Math.ceil(Math.log2(count)) - 1);
}

function equalHashes(a: Hash, b: Hash): boolean {
  return a.length === HASH_BYTES && Buffer.compare(a, b) === 0;
}

function countSetBits(value: number): number {
  return value.toString(2).replaceAll('0', '').length;
}

// Halving by division keeps sizes above 2^31 whole, which shifting would not.
function half(value: number): number {
  return Math.floor(value / 2);
}

function isOdd(value: number): boolean {
  return value % 2 === 1;
}

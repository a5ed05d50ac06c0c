import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_FRONTIER,
  EMPTY_ROOT,
  appendLeaf,
  buildTree,
  consistencyProof,
  formatFrontier,
  frontierRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  parseFrontier,
  toHex,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../electron/audit/merkleTree';
import type { Hash } from '../../electron/audit/merkleTree';

// The reference log of Certificate Transparency: eight entries and the root after each of them.
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const VECTOR_LEAVES = ENTRIES.map((hex) => leafHash(Buffer.from(hex, 'hex')));
const LEAVES = Array.from({ length: 65 }, (_, i) => leafHash(Buffer.from(`event ${i}`)));

/** The definition of RFC 6962, section 2.1, word for word. */
function definedRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return createHash('sha256').digest();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)));
}

function flip(hash: Hash): Hash {
  const changed = Uint8Array.from(hash);
  changed[7]! ^= 1;
  return changed;
}

describe('Merkle tree of the audit log', () => {
  it('has the eight roots of the reference log, from the tree and from the frontier', () => {
    const tree = buildTree(VECTOR_LEAVES);
    let frontier = EMPTY_FRONTIER;
    const fromFrontier = VECTOR_LEAVES.map((leaf) => {
      frontier = appendLeaf(frontier, leaf);
      return toHex(frontierRoot(frontier));
    });
    expect(fromFrontier).toEqual(ROOTS);
    expect(ROOTS.map((_, i) => toHex(treeRoot(tree, i + 1)))).toEqual(ROOTS);
    expect(toHex(EMPTY_ROOT)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('agrees with the recursive definition at every size', () => {
    const tree = buildTree(LEAVES);
    let frontier = EMPTY_FRONTIER;
    for (let n = 0; n <= LEAVES.length; n += 1) {
      const expected = toHex(definedRoot(LEAVES.slice(0, n)));
      expect([toHex(treeRoot(tree, n)), toHex(frontierRoot(frontier))]).toEqual([
        expected,
        expected,
      ]);
      if (n < LEAVES.length) frontier = appendLeaf(frontier, LEAVES[n]!);
    }
  });

  it('keeps its frontier through text, and refuses text that is not one', () => {
    const frontier = LEAVES.slice(0, 23).reduce(appendLeaf, EMPTY_FRONTIER);
    const text = formatFrontier(frontier);
    expect(formatFrontier(parseFrontier(text))).toBe(text);
    expect(parseFrontier(formatFrontier(EMPTY_FRONTIER))).toEqual(EMPTY_FRONTIER);
    const damaged = [text.slice(0, -1), text.replace('23', '22'), `${text} `, '', '-1', '1 zz'];
    for (const bad of damaged) expect(() => parseFrontier(bad)).toThrow(RangeError);
  });

  it('proves every leaf at every size, and nothing else', () => {
    for (let size = 1; size <= 33; size += 1) {
      const tree = buildTree(LEAVES.slice(0, size));
      const root = treeRoot(tree);
      for (let index = 0; index < size; index += 1) {
        const hashes = inclusionProof(tree, index);
        const leaf = LEAVES[index]!;
        const claim = { index, size, leaf, hashes, root };
        const wrong = [
          { ...claim, leaf: flip(leaf) },
          { ...claim, root: flip(root) },
          { ...claim, index: index + 1 },
          { ...claim, index: index - 1 },
          { ...claim, hashes: [...hashes, root] },
          { ...claim, hashes: hashes.slice(1), leaf: hashes[0] ?? flip(leaf) },
          ...hashes.map((hash, i) => ({ ...claim, hashes: hashes.with(i, flip(hash)) })),
        ];
        expect([verifyInclusion(claim), ...wrong.map(verifyInclusion)]).toEqual([
          true,
          ...wrong.map(() => false),
        ]);
      }
    }
  });

  it('proves that every tree grew from every smaller one, and nothing else', () => {
    for (let size = 1; size <= 33; size += 1) {
      const tree = buildTree(LEAVES.slice(0, size));
      const root = treeRoot(tree);
      for (let oldSize = 0; oldSize <= size; oldSize += 1) {
        const hashes = consistencyProof(tree, oldSize);
        const oldRoot = treeRoot(tree, oldSize);
        const claim = { oldSize, oldRoot, size, root, hashes };
        const wrong = [
          { ...claim, oldRoot: flip(oldRoot) },
          ...(oldSize === 0 ? [] : [{ ...claim, root: flip(root) }]),
          { ...claim, hashes: [...hashes, root] },
          ...hashes.map((hash, i) => ({ ...claim, hashes: hashes.with(i, flip(hash)) })),
        ];
        expect([verifyConsistency(claim), ...wrong.map(verifyConsistency)]).toEqual([
          true,
          ...wrong.map(() => false),
        ]);
      }
    }
  });

  it('does not take a rewritten log for a grown one', () => {
    const rewritten = buildTree(LEAVES.with(3, flip(LEAVES[3]!)).slice(0, 20));
    const claim = { oldSize: 10, oldRoot: treeRoot(buildTree(LEAVES.slice(0, 10))), size: 20 };
    const hashes = consistencyProof(rewritten, 10);
    expect(verifyConsistency({ ...claim, root: treeRoot(rewritten), hashes })).toBe(false);
  });

  it('refuses proofs about trees that do not exist', () => {
    const tree = buildTree(LEAVES.slice(0, 5));
    expect(() => inclusionProof(tree, 5)).toThrow(RangeError);
    expect(() => consistencyProof(tree, 6)).toThrow(RangeError);
    expect(() => treeRoot(tree, 6)).toThrow(RangeError);
  });
});

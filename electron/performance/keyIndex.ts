const EMPTY = -1;

/** Finds the position of a hash; open addressing on typed arrays, one look for most keys. */
export interface KeyIndex {
  /** Position that the key was first added with; -1 when it is unknown. */
  find(key: number): number;
  /** Adds a key unless it is there. @returns the position it has, the given one when it is new */
  add(key: number, position: number): number;
}

/** @param capacity how many keys there may be at most */
export function createKeyIndex(capacity: number): KeyIndex {
  const nSlots = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * 2)));
  const mask = nSlots - 1;
  const keys = new Float64Array(nSlots);
  const positions = new Int32Array(nSlots).fill(EMPTY);
  function slotOf(key: number): number {
    // The upper 32 of 53 hashed bits are as random as any.
    let slot = Math.floor(key / 2 ** 21) & mask;
    while (positions[slot] !== EMPTY && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }
  return {
    find: (key) => positions[slotOf(key)]!,
    add(key, position) {
      const slot = slotOf(key);
      if (positions[slot] !== EMPTY) return positions[slot]!;
      keys[slot] = key;
      positions[slot] = position;
      return position;
    },
  };
}

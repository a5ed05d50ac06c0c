const GROUP_DIGITS = 16;

/** A key's fingerprint in groups that two people can read to each other: 64 hex digits make four. */
export function fingerprintGroups(keyId: string): readonly string[] {
  return keyId.match(new RegExp(`.{1,${GROUP_DIGITS}}`, 'g')) ?? [];
}

/** A printed code in the groups in which it was made, e.g. `7K2M-9QXA` in two. */
export function codeGroups(code: string): readonly string[] {
  return code.split(/[-\s]+/).filter((group) => group !== '');
}

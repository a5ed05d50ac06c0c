import { Code, Group, Text } from '@mantine/core';
import { CopyButton } from '../ui/CopyButton';
import { StateBadge } from '../ui/StateBadge';
import { fingerprintGroups } from './fingerprintGroups';
import { keyLook, keyVoucher, type PersonKey } from './peopleWords';

/** A signing key's fingerprint in groups to read aloud and compare. */
export function KeyFingerprint({ keyId }: { readonly keyId: string }) {
  return (
    <Group gap={8} role="group" aria-label="Key fingerprint">
      {fingerprintGroups(keyId).map((group, i) => (
        // The place of a group is what tells it apart: two groups may be equal.
        <Code key={`${i} ${group}`} fz="sm">
          {group}
        </Code>
      ))}
      <CopyButton text={keyId} size="compact-xs" />
    </Group>
  );
}

/** Whether a key counts: word, icon and colour, and who vouches for it. */
export function KeyState({ signingKey }: { readonly signingKey: PersonKey | null }) {
  const voucher = keyVoucher(signingKey);
  return (
    <Group gap="2px 6px" display="inline-flex">
      <StateBadge {...keyLook(signingKey)} />
      {voucher !== null && <Text style={{ overflowWrap: 'anywhere' }}>{voucher}</Text>}
    </Group>
  );
}

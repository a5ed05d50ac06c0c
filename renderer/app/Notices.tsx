import { CloseButton, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconEye } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { TextLink } from '../ui/TextLink';
import { stateColours } from '../ui/theme';
import { useVaultStore } from '../vault/vaultStore';
import type { UnlockedStatus } from './Frame';
import { noticesOf, type Notice, type NoticeId } from './noticeWords';

/** What waits for the signed-in person, under the top bar until it is done. */
export function Notices({ status }: { readonly status: UnlockedStatus }) {
  // Core tells it once; the status is read again while the window stays.
  const [nFailedAttempts] = useState(status.failedAttempts);
  const [dismissed, setDismissed] = useState<readonly NoticeId[]>([]);
  const notices = noticesOf(status, nFailedAttempts).filter(({ id }) => !dismissed.includes(id));
  useFreshNotices(notices.length > 0);
  if (notices.length === 0) return null;
  return (
    <Stack component="section" gap={6} mb="md" aria-label="Notices">
      {notices.map((notice) => (
        <Banner
          key={notice.id}
          notice={notice}
          onDismiss={() => setDismissed((old) => [...old, notice.id])}
        />
      ))}
    </Stack>
  );
}

/** Whoever comes from the page that a notice leads to may just have done what it asks for. */
function useFreshNotices(isWaiting: boolean): void {
  const load = useVaultStore((state) => state.load);
  const [path] = useLocation();
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    if (isWaiting) void load();
  }, [path, isWaiting, load]);
}

interface BannerProps {
  readonly notice: Notice;
  readonly onDismiss: () => void;
}

function Banner({ notice, onDismiss }: BannerProps) {
  const { state, text, link, isDismissible } = notice;
  const colours = stateColours(state);
  const StateIcon = state === 'alert' ? IconAlertTriangle : IconEye;
  return (
    <Group
      gap="xs"
      px="sm"
      py={4}
      wrap="nowrap"
      bg={colours.background}
      c={colours.text}
      style={{
        border: `1px solid ${colours.border}`,
        borderRadius: 'var(--mantine-radius-sm)',
      }}
    >
      <StateIcon size={16} aria-hidden style={{ flexShrink: 0 }} />
      <Text flex={1} miw={0} style={{ overflowWrap: 'anywhere' }}>
        {text} <TextLink to={link.to}>{link.label}</TextLink>
      </Text>
      {isDismissible && (
        <CloseButton
          size="sm"
          c="inherit"
          aria-label={`Dismiss until the next sign-in: ${link.label}`}
          onClick={onDismiss}
        />
      )}
    </Group>
  );
}

import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ColumnMatch } from '../../shared/drift/driftReport';
import { formatCount } from '../ui/formatNumber';
import { StateBadge } from '../ui/StateBadge';
import { matchNotes, type MatchNote } from './matchSentences';

const SHOWN_COLUMNS = 12;

const LEVEL_WORDS: Readonly<Record<MatchNote['level'], string>> = {
  ok: 'Fits',
  watch: 'Note',
  alert: 'Check',
};

/** How the columns of a batch fit the reference, and what follows from each difference. */
export function BatchMatch({ match }: { readonly match: ColumnMatch }) {
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {matchNotes(match).map((note) => (
        <MatchLine key={note.title} note={note} />
      ))}
    </Stack>
  );
}

function MatchLine({ note }: { readonly note: MatchNote }) {
  const [isOpen, setIsOpen] = useState(false);
  const { level, title, consequence, columns } = note;
  const shown = isOpen ? columns : columns.slice(0, SHOWN_COLUMNS);
  return (
    <Group component="li" gap="sm" align="flex-start" wrap="nowrap">
      <div style={{ flex: '0 0 80px' }}>
        <StateBadge state={level} label={LEVEL_WORDS[level]} />
      </div>
      <Text style={{ overflowWrap: 'anywhere' }}>
        <b>{title}.</b> {consequence}{' '}
        {columns.length > 0 && (
          <Text span c="dimmed" inherit>
            {shown.join(', ')}
            {!isOpen && columns.length > shown.length && (
              <>
                {' '}
                <Button variant="subtle" size="compact-xs" onClick={() => setIsOpen(true)}>
                  and {formatCount(columns.length - shown.length)} more
                </Button>
              </>
            )}
          </Text>
        )}
      </Text>
    </Group>
  );
}

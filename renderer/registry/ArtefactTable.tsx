import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ArtefactFile } from '../../shared/registry/model';
import { formatBytes, formatCount } from '../ui/formatNumber';
import { HashText } from '../ui/HashText';
import { visiblePath } from './artefactWords';

const SHOWN_FIRST = 10;
const SHOWN_AT_MOST = 500;

interface ArtefactTableProps {
  readonly files: readonly ArtefactFile[];
  /** All that are recorded, when `files` are only the first of them. */
  readonly nFiles: number;
}

/** Files of a manifest with size and hash: the first ten, then more when asked. */
export function ArtefactTable({ files, nFiles }: ArtefactTableProps) {
  const [isOpen, setIsOpen] = useState(false);
  const shown = files.slice(0, isOpen ? SHOWN_AT_MOST : SHOWN_FIRST);
  const nMore = Math.min(files.length, SHOWN_AT_MOST) - SHOWN_FIRST;
  return (
    <>
      <Table withRowBorders verticalSpacing={4} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            <Table.Th w={90} ta="right">
              Size
            </Table.Th>
            <Table.Th w={160}>SHA-256</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ path, sizeBytes, sha256 }) => (
            <Table.Tr key={path}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{visiblePath(path)}</Table.Td>
              <Table.Td className="assay-figures" ta="right">
                {formatBytes(sizeBytes)}
              </Table.Td>
              <Table.Td>
                <HashText hash={sha256} of={`file ${visiblePath(path)}`} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group gap="sm" mt={4}>
        {nMore > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? 'Show fewer files' : `Show ${formatCount(nMore)} more files`}
          </Button>
        )}
        {isOpen && nFiles > shown.length && (
          <Text c="dimmed">
            and {formatCount(nFiles - shown.length)} more files, all of which are recorded.
          </Text>
        )}
      </Group>
    </>
  );
}

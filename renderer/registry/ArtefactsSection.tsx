import { Text, Title } from '@mantine/core';
import type { VersionSnapshot } from '../../shared/registry/model';
import { formatBytes, formatNoun } from '../ui/formatNumber';
import { ArtefactTable } from './ArtefactTable';

/** The manifest that a version froze. */
export function ArtefactsSection({ artefacts }: Pick<VersionSnapshot, 'artefacts'>) {
  const files = artefacts ?? [];
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return (
    <section>
      <Title order={3} mb={4}>
        Artefacts ({formatNoun(files.length, 'file')}
        {files.length === 0 ? '' : `, ${formatBytes(sizeBytes)}`})
      </Title>
      {files.length === 0 ? (
        <Text c="dimmed">None recorded.</Text>
      ) : (
        <ArtefactTable files={files} nFiles={files.length} />
      )}
    </section>
  );
}

import { Text, Title } from '@mantine/core';
import type { ArtefactCheck } from '../../shared/registry/artefactChannels';
import { formatCount } from '../ui/formatNumber';
import { refusalWords, visiblePath } from './artefactWords';

/** The files that are not as a manifest says, by how they differ; nothing when all are. */
export function DifferingFiles({ found }: { readonly found: ArtefactCheck }) {
  return (
    <>
      <Paths title="Changed" paths={found.changed.map(visiblePath)} n={found.nChanged} />
      <Paths title="Missing" paths={found.missing.map(visiblePath)} n={found.nMissing} />
      <Paths title="Not in the manifest" paths={found.extra.map(visiblePath)} n={found.nExtra} />
      <Paths title="Not compared" paths={found.refused.map(refusalWords)} n={found.nRefused} />
    </>
  );
}

const SHOWN_PATHS = 50;

interface PathsProps {
  readonly title: string;
  readonly paths: readonly string[];
  readonly n: number;
}

function Paths({ title, paths, n }: PathsProps) {
  if (n === 0) return null;
  const shown = paths.slice(0, SHOWN_PATHS);
  return (
    <section>
      <Title order={3}>
        {title} ({formatCount(n)})
      </Title>
      {shown.map((path) => (
        <Text key={path} style={{ overflowWrap: 'anywhere' }}>
          {path}
        </Text>
      ))}
      {n > shown.length && <Text c="dimmed">and {formatCount(n - shown.length)} more.</Text>}
    </section>
  );
}

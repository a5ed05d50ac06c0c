import { Link } from 'wouter';
import type { LineageKind, VersionLineage } from '../../shared/registry/lineageChannels';
import type { ModelVersion } from '../../shared/registry/model';
import { formatUtc } from '../ui/formatNumber';
import classes from './LineageGraph.module.css';
import { layOutLineage, NODE_HEIGHT_PX, NODE_WIDTH_PX, type PlacedNode } from './lineageLayout';
import { useRegistryStore } from './registryStore';

const KIND_WORDS: Readonly<Record<LineageKind, string>> = {
  data: 'Data',
  profile: 'Reference profile',
  version: 'Version',
  deployment: 'Deployments',
  package: 'Audit packages',
};

interface LineageGraphProps {
  readonly version: ModelVersion;
  readonly lineage: VersionLineage;
}

/** The graph from data to evidence: one column a kind, every node a link. */
export function LineageGraph({ version, lineage }: LineageGraphProps) {
  const { columns, nodes, paths, widthPx, heightPx } = layOutLineage(lineage);
  return (
    <div className={classes.scroll}>
      <div className={classes.graph} style={{ width: widthPx, height: heightPx }}>
        <svg className={classes.lines} width={widthPx} height={heightPx} aria-hidden>
          {paths.map(({ key, d }) => (
            <path key={key} d={d} className={classes.line} />
          ))}
        </svg>
        {columns.map(({ kind, xPx }) => (
          <div key={kind} className={classes.head} style={{ left: xPx, width: NODE_WIDTH_PX }}>
            {KIND_WORDS[kind]}
            {nodes.some((node) => node.kind === kind) ? '' : ': none'}
          </div>
        ))}
        {nodes.map((node) => (
          <Node key={node.id} node={node} version={version} />
        ))}
      </div>
    </div>
  );
}

interface NodeProps {
  readonly node: PlacedNode;
  readonly version: ModelVersion;
}

function Node({ node, version }: NodeProps) {
  const openTab = useRegistryStore((state) => state.openTab);
  const { modelId } = version.snapshot;
  const { kind, title, detail, atUtc, xPx, yPx } = node;
  const to = kind === 'deployment' ? `/models/${modelId}` : pathOf(kind, version);
  return (
    <Link
      href={to}
      className={classes.node ?? ''}
      style={{ left: xPx, top: yPx, width: NODE_WIDTH_PX, height: NODE_HEIGHT_PX }}
      title={`${title}\n${detail}`}
      aria-current={kind === 'version' ? 'page' : undefined}
      onClick={() => {
        if (kind === 'deployment') openTab(modelId, 'lifecycle');
      }}
    >
      <span className={classes.title}>{title}</span>
      <span className={classes.detail}>{atUtc === null ? detail : formatUtc(atUtc)}</span>
      {atUtc !== null && <span className={classes.detail}>{detail}</span>}
    </Link>
  );
}

/** Data and profile are shown on the version's own page; packages are events of the log. */
function pathOf(kind: LineageKind, { id, snapshot }: ModelVersion): string {
  return kind === 'package' ? '/audit' : `/models/${snapshot.modelId}/versions/${id}`;
}

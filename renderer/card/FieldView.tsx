import { List, Text } from '@mantine/core';
import type { CardContent, CardFigure } from '../../shared/card/cardContent';
import type { CardField } from '../../shared/card/cardFields';
import { cardTexts } from '../../shared/card/cardTexts';
import type { StaleFigure } from '../../shared/card/evidence';
import { DataTable, type Column } from '../ui/DataTable';
import { StateBadge } from '../ui/StateBadge';
import { TimeText } from '../ui/TimeText';
import { MarkdownText } from './MarkdownText';
import { usePictures } from './pictureStore';
import { SliceShares } from './SliceShares';
import { StaleMark } from './StaleMark';

interface FieldViewProps {
  readonly field: CardField;
  readonly content: CardContent;
  readonly stale: readonly StaleFigure[];
}

/** One field of a card as it is read. */
export function FieldView({ field: { key, kind }, content, stale }: FieldViewProps) {
  const value = content[key];
  if (key === 'figures') return <FigureTable figures={content.figures} stale={stale} />;
  if (key === 'sliceTables')
    return content.sliceTables.map((table) => <SliceShares key={table.id} table={table} />);
  if (typeof value === 'string')
    return kind === 'line' ? <Text>{value}</Text> : <Prose text={value} />;
  return (
    <List spacing={4} size="sm">
      {cardTexts(content, key).map(({ text }, i) => (
        // An item has no identity but its place.
        <List.Item key={i} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
          {text}
        </List.Item>
      ))}
    </List>
  );
}

function Prose({ text }: { readonly text: string }) {
  return <MarkdownText text={text} pictures={usePictures(text)} />;
}

interface FigureTableProps {
  readonly figures: readonly CardFigure[];
  readonly stale: readonly StaleFigure[];
}

function FigureTable({ figures, stale }: FigureTableProps) {
  const staleOf = new Map(stale.map((one) => [one.figureId, one]));
  const columns: readonly Column<CardFigure>[] = [
    {
      key: 'name',
      header: 'Figure',
      width: '24%',
      render: ({ name, slice }) => (slice === '' ? name : `${name}, ${slice}`),
    },
    {
      key: 'value',
      header: 'Value',
      width: '24%',
      render: ({ id, value, low, high }) => {
        const found = staleOf.get(id);
        const interval = low === '' && high === '' ? '' : ` [${low}, ${high}]`;
        return (
          <>
            <b className="assay-figures" style={{ overflowWrap: 'anywhere' }}>
              {value}
            </b>
            {interval}
            {found !== undefined && <StaleMark stale={found} />}
          </>
        );
      },
    },
    {
      key: 'source',
      header: 'Evidence',
      render: ({ evidence, source }) =>
        evidence === null ? (
          <>
            <StateBadge state="unknown" label="Typed" /> {source}
          </>
        ) : (
          source
        ),
    },
    {
      key: 'asOf',
      header: 'As of (UTC)',
      width: '170px',
      render: ({ asOfUtc }) => <TimeText instant={asOfUtc} isZoneNamed />,
    },
  ];
  return <DataTable caption="Figures" columns={columns} rows={figures} rowKey={({ id }) => id} />;
}

import { ActionIcon, Group, Menu, Paper, Text, Title } from '@mantine/core';
import { IconCheck, IconDotsVertical } from '@tabler/icons-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import { toCsv, type TableText } from '../../shared/base/csvText';
import classes from './ChartFrame.module.css';
import { copyText } from './copyText';
import { toTsv } from './delimitedText';
import { svgText } from './svgText';

export interface ChartFrameProps {
  readonly title: string;
  /** What the axes show, with units. */
  readonly xCaption: string;
  readonly yCaption: string;
  /** What the picture says, in words. */
  readonly alternative: string;
  /** The numbers behind the picture. */
  readonly table: TableText;
  readonly legend?: readonly { readonly label: string; readonly colour: string }[];
  /** The chart: contains one `svg`. */
  readonly children: ReactNode;
}

/** A chart with its title, axis captions, text alternative and ways to take the figures along. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, xCaption, yCaption, alternative, table, legend, children } = props;
  const plot = useRef<HTMLDivElement>(null);
  const id = useId();
  return (
    <Paper bg="var(--assay-surface)" p="md">
      <figure
        className={classes.figure}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
      >
        <Group justify="space-between" wrap="nowrap" mb={6}>
          <Title order={3} id={`${id}-title`}>
            {title}
          </Title>
          <Group gap="sm" wrap="nowrap">
            {legend?.map(({ label, colour }) => (
              <Group key={label} gap={6} wrap="nowrap">
                <span className={classes.swatch} style={{ background: colour }} />
                <Text size="xs">{label}</Text>
              </Group>
            ))}
            <CopyMenu
              title={title}
              table={table}
              findSvg={() => plot.current?.querySelector('svg') ?? null}
            />
          </Group>
        </Group>
        <div className={classes.caption}>{yCaption}</div>
        <div ref={plot} className={classes.plot}>
          {children}
        </div>
        <div className={classes.caption} data-axis="x">
          {xCaption}
        </div>
        <figcaption id={`${id}-text`} className="assay-hidden">
          {alternative}
        </figcaption>
      </figure>
    </Paper>
  );
}

interface CopyMenuProps {
  readonly title: string;
  readonly table: TableText;
  readonly findSvg: () => SVGSVGElement | null;
}

function CopyMenu({ title, table, findSvg }: CopyMenuProps) {
  const [copied, setCopied] = useState<string | null>(null);
  function copy(what: string, text: string): void {
    setCopied(copyText(text) ? what : null);
  }
  return (
    <Menu position="bottom-end" onOpen={() => setCopied(null)} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Copy the figures of: ${title}`}>
          <IconDotsVertical size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(
          [
            ['Copy as table', () => toTsv(table)],
            ['Copy as CSV', () => toCsv(table)],
            ['Copy as SVG', () => svgOf(findSvg())],
          ] as const
        ).map(([label, text]) => (
          <Menu.Item
            key={label}
            rightSection={copied === label ? <IconCheck size={14} aria-label="copied" /> : null}
            onClick={() => copy(label, text())}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function svgOf(svg: SVGSVGElement | null): string {
  return svg === null ? '' : svgText(svg);
}

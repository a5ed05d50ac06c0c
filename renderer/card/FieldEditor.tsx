import { TextInput } from '@mantine/core';
import type { CardContent } from '../../shared/card/cardContent';
import type { CardField } from '../../shared/card/cardFields';
import type { StaleFigure } from '../../shared/card/evidence';
import { DatasetsEditor } from './DatasetsEditor';
import { FiguresEditor } from './FiguresEditor';
import { CITATIONS, FAIRNESS, LICENCES, PEOPLE, RISKS } from './itemParts';
import { ItemsEditor } from './ItemsEditor';
import { ProseEditor } from './ProseEditor';
import { SlicesEditor } from './SlicesEditor';
import { TextsEditor } from './TextsEditor';

export interface FieldEditorProps {
  readonly versionId: string;
  readonly field: CardField;
  readonly content: CardContent;
  readonly stale: readonly StaleFigure[];
  readonly onChange: (change: Partial<CardContent>) => void;
}

/** One field of a card as it is typed. */
export function FieldEditor({ versionId, field, content, stale, onChange }: FieldEditorProps) {
  const { key, kind, label, hint } = field;
  const value = content[key];
  if (typeof value === 'string') {
    const props = { 'aria-label': label, placeholder: hint, value };
    if (kind === 'line')
      return (
        <TextInput
          {...props}
          maxLength={1000}
          onChange={(event) => onChange({ [key]: event.currentTarget.value })}
        />
      );
    return (
      <ProseEditor
        {...{ versionId, label, hint, value }}
        onChange={(text) => onChange({ [key]: text })}
      />
    );
  }
  if (key === 'owners' || key === 'contacts')
    return (
      <ItemsEditor
        label={label}
        kind={PEOPLE}
        items={content[key]}
        onChange={(items) => onChange({ [key]: items })}
      />
    );
  if (key === 'licences')
    return (
      <ItemsEditor
        label={label}
        kind={LICENCES}
        items={content.licences}
        onChange={(licences) => onChange({ licences })}
      />
    );
  if (key === 'datasets')
    return (
      <DatasetsEditor
        label={label}
        items={content.datasets}
        onChange={(datasets) => onChange({ datasets })}
      />
    );
  if (key === 'figures')
    return (
      <FiguresEditor
        versionId={versionId}
        figures={content.figures}
        stale={stale}
        onChange={(figures) => onChange({ figures })}
      />
    );
  if (key === 'sliceTables')
    return (
      <SlicesEditor
        tables={content.sliceTables}
        onChange={(sliceTables) => onChange({ sliceTables })}
      />
    );
  if (key === 'fairness')
    return (
      <ItemsEditor
        label={label}
        kind={FAIRNESS}
        items={content.fairness}
        onChange={(fairness) => onChange({ fairness })}
      />
    );
  if (key === 'risks')
    return (
      <ItemsEditor
        label={label}
        kind={RISKS}
        items={content.risks}
        onChange={(risks) => onChange({ risks })}
      />
    );
  if (key === 'citations')
    return (
      <ItemsEditor
        label={label}
        kind={CITATIONS}
        items={content.citations}
        onChange={(citations) => onChange({ citations })}
      />
    );
  return (
    <TextsEditor
      label={label}
      texts={textsOf(value)}
      onChange={(texts) => onChange({ [key]: texts })}
    />
  );
}

function textsOf(value: readonly unknown[]): readonly string[] {
  return value.filter((one) => typeof one === 'string');
}

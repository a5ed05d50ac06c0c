import { Checkbox, Fieldset, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { PipelineDraft, PipelinePart } from './pipelineDraft';

interface DraftProps {
  readonly draft: PipelineDraft;
  readonly onChange: (draft: PipelineDraft) => void;
}

interface PartFieldsProps extends DraftProps {
  readonly part: PipelinePart;
  /** What is wrong, by `part.field`. */
  readonly problems: ReadonlyMap<string, string>;
}

/** One kind of pipeline: whether it is used, and what it is called there. */
export function PartFields({ part, draft, problems, onChange }: PartFieldsProps) {
  const isUsed = draft.isUsed[part.key];
  return (
    <Fieldset legend={part.label}>
      <Checkbox
        label={`Use ${part.label}`}
        checked={isUsed}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          onChange({ ...draft, isUsed: { ...draft.isUsed, [part.key]: checked } });
        }}
      />
      {isUsed && (
        <SimpleGrid cols={3} mt="sm">
          {part.fields.map((field) => {
            const place = `${part.key}.${field.key}`;
            const shown = {
              label: field.label,
              description: field.description,
              value: draft.texts[place] ?? '',
              error: problems.get(place),
              required: field.isOptional !== true,
            };
            const set = (text: string): void =>
              onChange({ ...draft, texts: { ...draft.texts, [place]: text } });
            if (field.choices !== undefined)
              return (
                <Select
                  key={place}
                  {...shown}
                  allowDeselect={false}
                  data={[...field.choices]}
                  onChange={(value) => set(value ?? '')}
                />
              );
            return field.isList === true ? (
              <Textarea
                key={place}
                {...shown}
                autosize
                minRows={2}
                onChange={(event) => set(event.currentTarget.value)}
              />
            ) : (
              <TextInput
                key={place}
                {...shown}
                autoComplete="off"
                onChange={(event) => set(event.currentTarget.value)}
              />
            );
          })}
        </SimpleGrid>
      )}
    </Fieldset>
  );
}

/** What every pipeline is given. */
export function ParameterField({
  draft,
  problem,
  onChange,
}: DraftProps & { readonly problem: string | undefined }) {
  return (
    <Textarea
      label="Parameters, one name=value a line"
      description="Given to every pipeline beside the packet's own."
      autosize
      minRows={2}
      value={draft.parameters}
      error={problem}
      onChange={(event) => onChange({ ...draft, parameters: event.currentTarget.value })}
    />
  );
}

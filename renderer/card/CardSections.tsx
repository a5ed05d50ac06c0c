import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import type { CardContent } from '../../shared/card/cardContent';
import {
  CARD_FIELDS,
  CARD_SECTIONS,
  isFilled,
  type CardField,
  type CardFieldKey,
} from '../../shared/card/cardFields';
import type { Card } from '../../shared/card/channels';
import { OpenComment } from './CommentList';
import { FieldEditor } from './FieldEditor';
import { FieldView } from './FieldView';

interface CardSectionsProps {
  readonly card: Card;
  /** What is typed, or what is on record. */
  readonly content: CardContent;
  readonly isEditing: boolean;
  readonly onChange: (change: Partial<CardContent>) => void;
  /** Null where the signed-in person cannot comment. */
  readonly onComment: ((field: CardFieldKey) => void) | null;
}

/** The card section by section; while it is read, fields that say nothing are named in one line. */
export function CardSections(props: CardSectionsProps) {
  const { card, content, isEditing } = props;
  const commented = new Set(
    card.comments.filter(({ resolved }) => resolved === null).map(({ field }) => field),
  );
  return (
    <Stack gap="md">
      {CARD_SECTIONS.map(({ key, title }) => {
        const fields = CARD_FIELDS.filter(({ section }) => section === key);
        const shown = isEditing
          ? fields
          : fields.filter(({ key: name }) => isFilled(content, name) || commented.has(name));
        const empty = fields.filter((field) => !shown.includes(field));
        return (
          <Paper
            key={key}
            component="section"
            aria-labelledby={`card-${key}`}
            p="md"
            bg="var(--assay-surface)"
          >
            <Title order={2} id={`card-${key}`} mb="xs">
              {title}
            </Title>
            <Stack gap="md">
              {shown.map((field) => (
                <Field key={field.key} field={field} {...props} />
              ))}
              {empty.length > 0 && <Unsaid fields={empty} onComment={props.onComment} />}
            </Stack>
          </Paper>
        );
      })}
    </Stack>
  );
}

interface UnsaidProps extends Pick<CardSectionsProps, 'onComment'> {
  readonly fields: readonly CardField[];
}

/** The fields of a section that say nothing, each with the way to ask for it. */
function Unsaid({ fields, onComment }: UnsaidProps) {
  if (onComment === null)
    return <Text c="dimmed">Nothing said yet: {fields.map(({ label }) => label).join(', ')}.</Text>;
  return (
    <Group gap={4}>
      <Text c="dimmed">Nothing said yet:</Text>
      {fields.map(({ key, label }) => (
        <Button
          key={key}
          variant="subtle"
          size="compact-xs"
          aria-label={`Comment on ${label}`}
          onClick={() => onComment(key)}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}

function Field({ field, ...props }: CardSectionsProps & { readonly field: CardField }) {
  const { card, content, isEditing, onChange, onComment } = props;
  const open = card.comments.filter(
    (comment) => comment.field === field.key && comment.resolved === null,
  );
  return (
    <div>
      <Group gap="xs" mb={4} wrap="nowrap" justify="space-between">
        <Title order={3} fz="sm">
          {field.label}
        </Title>
        {onComment !== null && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconMessagePlus size={14} aria-hidden />}
            aria-label={`Comment on ${field.label}`}
            onClick={() => onComment(field.key)}
          >
            Comment
          </Button>
        )}
      </Group>
      {open.map((comment) => (
        <OpenComment key={comment.id} comment={comment} versionId={card.versionId} />
      ))}
      {isEditing ? (
        <FieldEditor
          versionId={card.versionId}
          field={field}
          content={content}
          stale={card.stale}
          onChange={onChange}
        />
      ) : (
        <FieldView field={field} content={content} stale={card.stale} />
      )}
    </div>
  );
}

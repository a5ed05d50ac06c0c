import { TagsInput } from '@mantine/core';
import { Tag } from '../../shared/registry/model';
import { uniqueTags } from '../../shared/registry/tagList';

interface TagsFieldProps {
  readonly label: string;
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}

const MAX_TAGS = 50;
const MAX_TAG_LENGTH = 60;

/** Words to find a record by; Enter or a comma ends one. */
export function TagsField({ label, tags, onChange }: TagsFieldProps) {
  return (
    <TagsInput
      label={label}
      description="Words to find it by. Enter or a comma ends a word."
      placeholder={tags.length === 0 ? 'e.g. retail, weekly' : ''}
      maxTags={MAX_TAGS}
      maxLength={MAX_TAG_LENGTH}
      value={[...tags]}
      // What was pasted may hold anything; what is no tag is left out.
      onChange={(typed) => onChange(uniqueTags(typed).filter((tag) => Tag.safeParse(tag).success))}
    />
  );
}

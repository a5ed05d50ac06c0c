import { Badge, Group } from '@mantine/core';

/** Tags in the order in which they were given. */
export function TagList({ tags }: { readonly tags: readonly string[] }) {
  if (tags.length === 0) return <>none</>;
  return (
    <Group gap={4}>
      {tags.map((tag) => (
        <Badge
          key={tag}
          variant="default"
          tt="none"
          fw={500}
          maw="100%"
          title={tag}
          styles={{ root: { height: 'auto' }, label: { fontSize: 12 } }}
        >
          {tag}
        </Badge>
      ))}
    </Group>
  );
}

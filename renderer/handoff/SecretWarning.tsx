import { Alert } from '@mantine/core';

/** Says where something looks like a password or token. */
export function SecretWarning({ places }: { readonly places: readonly string[] }) {
  if (places.length === 0) return null;
  return (
    <Alert color="watch" title="This looks like a password or token">
      {places.join(', ')}. Packets leave the workspace: leave secrets to whoever runs the pipeline.
    </Alert>
  );
}

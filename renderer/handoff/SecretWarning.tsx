import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { stateColours } from '../ui/theme';

/** Says where something looks like a password or token. */
export function SecretWarning({ places }: { readonly places: readonly string[] }) {
  if (places.length === 0) return null;
  const colours = stateColours('watch');
  return (
    <Alert
      variant="outline"
      title="This looks like a password or token"
      icon={<IconAlertTriangle size={18} color={colours.text} aria-hidden />}
      styles={{
        root: { borderColor: colours.border, backgroundColor: colours.background },
        title: { color: colours.text },
      }}
    >
      {places.join(', ')}. Packets leave the workspace: leave secrets to whoever runs the pipeline.
    </Alert>
  );
}

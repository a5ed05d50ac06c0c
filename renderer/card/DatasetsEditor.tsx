import { Select, TagsInput } from '@mantine/core';
import { DATASET_ROLES, type CardDataset } from '../../shared/card/cardContent';
import { DATASETS } from './itemParts';
import { ItemsEditor } from './ItemsEditor';

interface DatasetsEditorProps {
  readonly label: string;
  readonly items: readonly CardDataset[];
  readonly onChange: (items: readonly CardDataset[]) => void;
}

export function DatasetsEditor(props: DatasetsEditorProps) {
  return (
    <ItemsEditor
      {...props}
      kind={DATASETS}
      renderMore={(item, onItem) => (
        <>
          <Select
            label="Used for"
            allowDeselect={false}
            data={[...DATASET_ROLES]}
            value={item.role}
            onChange={(value) => {
              const role = DATASET_ROLES.find((known) => known === value);
              if (role !== undefined) onItem({ ...item, role });
            }}
          />
          <TagsInput
            label="Sensitive columns"
            value={[...item.sensitive]}
            onChange={(sensitive) => onItem({ ...item, sensitive })}
          />
        </>
      )}
    />
  );
}

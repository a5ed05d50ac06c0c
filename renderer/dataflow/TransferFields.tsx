import { Select, TextInput } from '@mantine/core';
import { countryName } from '../../shared/dataflow/countries';
import type { Flow } from '../../shared/dataflow/flowMap';
import type { ResolvedFlow } from '../../shared/dataflow/flowView';
import { MECHANISM_WORDS, TransferMechanism } from '../../shared/dataflow/transferMechanism';
import { DayInput } from './fieldParts';
import { choicesOf } from './flowWords';

interface TransferFieldsProps {
  readonly one: ResolvedFlow;
  readonly onChange: (change: Partial<Flow>) => void;
}

/** Under which rule data leave the EEA; asked where they do, and kept where something was said. */
export function TransferFields({ one, onChange }: TransferFieldsProps) {
  const { transfer } = one.flow;
  const { isTransfer, toCountry } = one;
  if (!isTransfer && transfer.mechanism === null) return null;
  const set = (change: Partial<Flow['transfer']>): void =>
    onChange({ transfer: { ...transfer, ...change } });
  return (
    <>
      <Select
        label="Transfer mechanism"
        description={
          isTransfer && toCountry !== null
            ? `The data leave the EEA for ${countryName(toCountry)}.`
            : 'The data do not leave the EEA.'
        }
        placeholder="Not said yet"
        clearable
        data={[...choicesOf(MECHANISM_WORDS)]}
        value={transfer.mechanism}
        onChange={(value) =>
          set({ mechanism: value === null ? null : TransferMechanism.parse(value) })
        }
      />
      <TextInput
        label="Where the safeguards are documented"
        maxLength={500}
        value={transfer.document}
        onChange={(event) => set({ document: event.currentTarget.value })}
      />
      <DayInput
        label="Last day of the mechanism"
        description="Empty: it has no end."
        value={transfer.expiresOn}
        onChange={(expiresOn) => set({ expiresOn })}
      />
    </>
  );
}

import { deserialize, serialize } from 'node:v8';
import { AppFailure } from '../../shared/ipc/errors';
import type { OutcomeTable, PredictionTable } from './predictionTable';

const FORMAT = 1;

/** Writes a table as bytes for the encrypted database. */
export function packTable(table: PredictionTable | OutcomeTable): Uint8Array {
  return new Uint8Array(serialize({ format: FORMAT, table }));
}

/** @throws AppFailure INTEGRITY when a later version of Assay wrote the bytes */
export function unpackPredictions(bytes: Uint8Array): PredictionTable {
  return unpack(bytes) as PredictionTable; // packTable() wrote it from one
}

/** @throws AppFailure INTEGRITY when a later version of Assay wrote the bytes */
export function unpackOutcomes(bytes: Uint8Array): OutcomeTable {
  return unpack(bytes) as OutcomeTable; // packTable() wrote it from one
}

function unpack(bytes: Uint8Array): unknown {
  const { format, table } = deserialize(bytes) as { format: number; table: unknown }; // packTable's shape
  if (format !== FORMAT) {
    throw new AppFailure(
      'INTEGRITY',
      'What is kept to join outcomes has a format that this version of Assay does not know.',
    );
  }
  return table;
}

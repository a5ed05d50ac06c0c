import { formatCount } from '../base/formatNumber';
import type { DriftReport } from './driftReport';

/** Within this factor of each other, a batch and a chunk vary about as much by chance. */
const MOST_APART = 2;

/**
 * Says so where thresholds that come from the reference's chunks were applied to a batch of another size.
 *
 * What chance alone gives shrinks with the square root of the rows, so a threshold from small chunks is too
 * high for a large batch, and one from large chunks fires by chance on a small batch.
 *
 * @returns null where no threshold comes from the reference, or the sizes are alike
 */
export function chunkSizeWarning({
  features,
  nRows,
}: Pick<DriftReport, 'features' | 'nRows'>): string | null {
  const chunk = features.find(
    ({ thresholdOrigin, variability }) =>
      thresholdOrigin === 'reference' && variability?.status === 'measured',
  )?.variability;
  if (chunk?.status !== 'measured' || nRows === 0) return null;
  const ratio = nRows / chunk.rowsPerChunk;
  if (ratio <= MOST_APART && ratio >= 1 / MOST_APART) return null;
  const effect =
    ratio > 1
      ? 'more than a batch of this size does, so that small shifts go unseen'
      : 'less than a batch of this size does, so that chance alone can exceed the thresholds';
  return (
    `The thresholds come from chunks of about ${formatCount(Math.round(chunk.rowsPerChunk))} rows, and this batch has ${formatCount(nRows)}: ` +
    `such chunks vary ${effect}. Freeze the reference of the next version with chunks of about as many rows as a batch has, or use fixed thresholds.`
  );
}

import { describe, expect, it } from 'vitest';
import { chunkSizeWarning } from '../../shared/drift/chunkSizeWarning';
import { feature } from './uiFeatures';

const fromChunks = feature({
  thresholdOrigin: 'reference',
  variability: {
    status: 'measured',
    nChunks: 10,
    rowsPerChunk: 1500,
    timeColumn: null,
    spread: { ks: { mean: 0.02, sd: 0.004, largest: 0.03 } },
  },
});

describe('thresholds from chunks of another size than the batch', () => {
  it.each([
    [3001, 'such chunks vary more than a batch of this size does, so that small shifts go unseen'],
    [749, 'such chunks vary less than a batch of this size does, so that chance alone can exceed'],
  ])('are spoken of where the sizes lie apart: a batch of %d rows', (nRows, words) => {
    expect(chunkSizeWarning({ features: [fromChunks], nRows })).toContain(words);
  });

  it.each([750, 3000])('are not spoken of where they are alike: a batch of %d rows', (nRows) => {
    expect(chunkSizeWarning({ features: [fromChunks], nRows })).toBeNull();
  });

  it('are not spoken of where the thresholds are fixed', () => {
    const fixed = { ...fromChunks, thresholdOrigin: 'fixed' } as const;
    expect(chunkSizeWarning({ features: [fixed], nRows: 100_000 })).toBeNull();
  });
});

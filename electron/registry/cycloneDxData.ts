import { createHash } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { DatasetDigest, VersionSnapshot } from '../../shared/registry/model';

/** A dataset as a component of its own, which versions point at. */
export interface BomDataset extends DatasetDigest {
  /** The same for the same dataset, whichever version names it. */
  readonly ref: string;
  /** Null where the source gave another digest. */
  readonly sha256: string | null;
}

/** The datasets of one version: the training data, and what its source named. */
export function datasetsOf({ trainingData, datasets = [] }: VersionSnapshot): BomDataset[] {
  const training: DatasetDigest[] =
    trainingData === null
      ? []
      : [
          {
            name: trainingData.fileName,
            role: 'training',
            digest: `sha256:${trainingData.sha256}`,
            source: '',
          },
        ];
  return [...training, ...datasets].map((dataset) => ({
    ...dataset,
    ref: `dataset:${createHash('sha256').update(canonicalJson(dataset)).digest('hex').slice(0, 32)}`,
    sha256: sha256Of(dataset.digest),
  }));
}

function sha256Of(digest: string): string | null {
  return /^sha-?256[:=]([0-9a-f]{64})$/iu.exec(digest)?.[1]?.toLowerCase() ?? null;
}

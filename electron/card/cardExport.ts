import type { CardContent } from '../../shared/card/cardContent';
import type { CardRevisionHead, CardState } from '../../shared/card/channels';
import type { StaleFigure } from '../../shared/card/evidence';
import type { RecordSignature } from '../vault/signingService';

/** Data addresses of pictures, by digest. */
export type Pictures = Readonly<Record<string, string>>;

/** A revision of a card with everything that an export says of it. */
export interface CardExport {
  readonly modelId: string;
  readonly modelName: string;
  readonly versionId: string;
  readonly version: number;
  readonly registeredAtUtc: string;
  readonly snapshotSha256: string;
  readonly head: CardRevisionHead;
  readonly recordSha256: string;
  /** How this very revision stands. */
  readonly state: CardState;
  readonly stale: readonly StaleFigure[];
  readonly content: CardContent;
  /** Data addresses of the pictures in it, by digest. */
  readonly pictures: Pictures;
  readonly signatures: readonly RecordSignature[];
  /** Null in a package, which says by itself when it was made. */
  readonly exportedAtUtc: string | null;
  readonly appVersion: string;
}

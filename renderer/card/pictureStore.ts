import { useEffect } from 'react';
import { create } from 'zustand';
import type { PictureFacts } from '../../shared/card/picture';
import { picturesIn } from '../../shared/card/picture';
import type { Result } from '../../shared/ipc/result';
import { api } from '../api/client';

interface PictureStoreState {
  /** Data addresses by digest; null for a picture that is not in this workspace. */
  readonly bySha256: Readonly<Record<string, string | null>>;
  getPicture(sha256: string): Promise<void>;
  addPicture(versionId: string, token: string | null): Promise<Result<PictureFacts>>;
}

/** Pictures of model cards as they were read; they never change. */
export const usePictureStore = create<PictureStoreState>((set, get) => ({
  bySha256: {},
  async getPicture(sha256) {
    if (get().bySha256[sha256] !== undefined) return;
    const result = await api['card.picture']({ sha256 });
    const address = result.ok ? result.value.address : null;
    set(({ bySha256 }) => ({ bySha256: { ...bySha256, [sha256]: address } }));
  },
  async addPicture(versionId, token) {
    const result = await api['card.addPicture']({ versionId, source: { token } });
    if (result.ok) {
      const { [result.value.sha256]: _missing, ...bySha256 } = get().bySha256;
      set({ bySha256 });
    }
    return result;
  },
}));

/** The pictures that a text refers to, as they come in. */
export function usePictures(text: string): PictureStoreState['bySha256'] {
  const bySha256 = usePictureStore((state) => state.bySha256);
  const getPicture = usePictureStore((state) => state.getPicture);
  useEffect(() => {
    for (const sha256 of picturesIn(text)) void getPicture(sha256);
  }, [text, getPicture, bySha256]);
  return bySha256;
}

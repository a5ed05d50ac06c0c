import type { ArtefactCheck, RefusedEntry } from '../../shared/registry/artefactChannels';
import { formatNoun } from '../ui/formatNumber';

/** Why an entry of a folder is not in the manifest. */
const REFUSALS: Readonly<Record<RefusedEntry['reason'], string>> = {
  link: 'a link, and links are not followed',
  special: 'neither a file nor a folder',
  name: 'its name is too long or not readable as text',
};

export function refusalWords({ path, reason }: RefusedEntry): string {
  return `${visiblePath(path)}: ${REFUSALS[reason]}`;
}

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A path as text that cannot deceive: characters that nobody sees are written out. */
export function visiblePath(path: string): string {
  return path.replace(
    INVISIBLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What a comparison with the manifest found, in one sentence. */
export function checkSentence(check: ArtefactCheck): string {
  const { nSame, nChanged, nMissing, nExtra, nRefused, name } = check;
  const place = visiblePath(name);
  if (check.isSame) {
    return `${place} holds exactly what the manifest says: ${formatNoun(nSame, 'file')}, every hash the same.`;
  }
  const found = [
    nChanged > 0 ? `${formatNoun(nChanged, 'file')} changed` : '',
    nMissing > 0 ? `${formatNoun(nMissing, 'file')} missing` : '',
    nExtra > 0 ? `${formatNoun(nExtra, 'file')} that the manifest does not list` : '',
    nRefused > 0 ? `${formatNoun(nRefused, 'entry', 'entries')} that cannot be compared` : '',
  ].filter((part) => part !== '');
  return `${place} differs from the manifest: ${found.join(', ')}; ${formatNoun(nSame, 'file')} the same.`;
}

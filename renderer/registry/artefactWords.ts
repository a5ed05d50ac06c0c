import {
  MOST_KEPT_BYTES,
  type ArtefactCheck,
  type ArtefactCopy,
  type RefusedEntry,
} from '../../shared/registry/artefactChannels';
import { formatBytes, formatCount, formatNoun } from '../ui/formatNumber';

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

/** How much of the files is kept, in one sentence. */
export function copySentence({
  nFiles,
  nKept,
  sizeBytes,
  isWhole,
  isTooLarge,
}: ArtefactCopy): string {
  const size = formatBytes(sizeBytes);
  if (isWhole)
    return `Kept in this workspace: ${formatNoun(nFiles, 'file')}, ${size}, encrypted and backed up with everything else.`;
  if (isTooLarge)
    return `The files stay where they are: ${size} are more than the ${formatBytes(MOST_KEPT_BYTES)} of a version that a workspace keeps. The manifest proves which files they are.`;
  if (nKept > 0)
    return `${formatCount(nKept)} of ${formatNoun(nFiles, 'file')} are kept in this workspace. Choose the folder again to keep the others.`;
  return `The files stay where they are. A copy (${size}) can be kept in this workspace, encrypted and backed up with everything else.`;
}

import type { FeaturePicture } from '../../shared/drift/driftReport';
import { escapeHtml } from '../io/htmlDocument';

const WIDTH = 160;
const HEIGHT = 36;

/** Both distributions as bars, reference behind live, for a report that is printed. */
export function pictureSvg(picture: FeaturePicture, name: string): string {
  const reference = sharesOf(picture, 'reference');
  const live = sharesOf(picture, 'live');
  const highest = Math.max(...reference, ...live, Number.MIN_VALUE);
  const step = WIDTH / Math.max(reference.length, 1);
  const bar = (share: number, i: number, inset: number): string => {
    const height = (share / highest) * HEIGHT;
    return `<rect x="${(i * step + inset).toFixed(1)}" y="${(HEIGHT - height).toFixed(1)}" width="${Math.max(step - 2 * inset, 0.5).toFixed(1)}" height="${height.toFixed(1)}"/>`;
  };
  const group = (side: string, shares: readonly number[], inset: number): string =>
    `<g class="${side}">${shares.map((share, i) => bar(share, i, inset)).join('')}</g>`;
  return `<svg width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Distribution of ${escapeHtml(name)}: reference grey, live blue">${group('reference', reference, step * 0.05)}${group('live', live, step * 0.25)}</svg>`;
}

function sharesOf(picture: FeaturePicture, side: 'reference' | 'live'): readonly number[] {
  if (picture.type === 'histogram') return picture[side];
  const counts = [
    ...picture[side],
    side === 'reference' ? picture.otherReference : picture.otherLive,
  ];
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}

import type { FlowView } from '../../shared/dataflow/flowView';
import { mapSize, mapSvg } from '../../shared/dataflow/mapSvg';

/** Canvases beyond this many pixels a side are not drawn by every graphics driver. */
const MAX_SIDE = 8000;
const SHARPNESS = 2;

/** Draws the map as pixels; answers base64 without any prefix. */
export async function drawPng(view: FlowView): Promise<string> {
  const { width, height } = mapSize(view.map);
  const scale = Math.min(SHARPNESS, MAX_SIDE / Math.max(width, height));
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(mapSvg(view))}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/u, '');
}

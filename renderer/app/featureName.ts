/**
 * The feature that a path names. Read from the raw path: the router decodes once on its own, and a
 * name that holds a percent sign or a slash would not survive it.
 *
 * @param rawPath the path after the `#`, still encoded
 * @returns null when the path names none, or is not validly encoded
 */
export function featureNameOf(rawPath: string): string | null {
  const encoded = /^\/reports\/[^/]+\/features\/(.+)$/.exec(rawPath)?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

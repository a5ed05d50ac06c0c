/**
 * The route of a feature in a report. Names come from files and may hold anything, while the router
 * decodes a route only in part; so every byte that could matter is written as `~XX`.
 */
export function featurePath(reportId: string, name: string): string {
  const safe = encodeURIComponent(name.toWellFormed()).replaceAll('~', '%7E').replaceAll('%', '~');
  return `/reports/${reportId}/features/${safe}`;
}

/** The feature's name from that part of the route; the part itself when it was typed by hand. */
export function featureNameOf(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('~', '%'));
  } catch {
    return part;
  }
}

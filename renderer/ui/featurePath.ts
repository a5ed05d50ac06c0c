/** The route of a feature in a report; names come from files and may hold anything. */
export function featurePath(reportId: string, name: string): string {
  return `/reports/${reportId}/features/${encodeURIComponent(name.toWellFormed())}`;
}

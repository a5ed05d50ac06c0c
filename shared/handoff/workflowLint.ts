import type { ManifestProblem } from './manifestSchemas';

/** Oldest major versions of actions that still run. */
const OLDEST_ACTION: Readonly<Record<string, number>> = {
  'actions/checkout': 4,
  'actions/setup-python': 5,
  'actions/upload-artifact': 4,
  'actions/download-artifact': 4,
};
/** Older ones get no security fixes any more. */
const OLDEST_PYTHON_MINOR = 10;
const SHA_AS_VERSION = /models:\/[^\s"']*\$\{\{\s*github\.sha\s*\}\}/;

/**
 * What is known not to work, or not to work much longer, in a GitHub Actions workflow.
 *
 * @param workflow the workflow as JSON data
 * @returns where and what; empty when nothing is found
 */
export function lintWorkflow(workflow: unknown): ManifestProblem[] {
  return leavesOf(workflow).flatMap(({ where, key, value }) => {
    if (key === 'uses') return lintAction(where, value);
    if (key === 'python-version') return lintPython(where, value);
    return SHA_AS_VERSION.test(value)
      ? [
          {
            where,
            message:
              'a commit stands where MLflow wants the number of a version: models:/NAME/NUMBER',
          },
        ]
      : [];
  });
}

function lintAction(where: string, uses: string): ManifestProblem[] {
  const [action = '', reference = ''] = uses.split('@');
  const oldest = OLDEST_ACTION[action];
  const major = /^v(\d+)/.exec(reference)?.[1];
  if (oldest === undefined || major === undefined || Number(major) >= oldest) return [];
  return [{ where, message: `${uses} is stale: use ${action}@v${oldest}` }];
}

function lintPython(where: string, version: string): ManifestProblem[] {
  const minor = /^3\.(\d+)/.exec(version)?.[1];
  if (minor !== undefined && Number(minor) >= OLDEST_PYTHON_MINOR) return [];
  return [{ where, message: `Python ${version} is stale: use 3.${OLDEST_PYTHON_MINOR} or newer` }];
}

interface Leaf {
  readonly where: string;
  readonly key: string;
  readonly value: string;
}

function leavesOf(value: unknown, place: readonly string[] = []): Leaf[] {
  if (typeof value === 'string' || typeof value === 'number')
    return [{ where: place.join('.'), key: place.at(-1) ?? '', value: String(value) }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...place, key]));
}

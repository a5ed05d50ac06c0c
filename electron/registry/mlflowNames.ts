/** Limits of MLflow's tracking interface; what is longer would be refused on import. */
export const MLFLOW_LIMITS = { paramValue: 6000, tagValue: 5000, datasetDigest: 36 } as const;

const REFUSED = /[^/\p{L}\p{N}_.\- :]/gu;

/**
 * A name that MLflow takes for a parameter or metric: word characters and `/ . - : _` and spaces, and a
 * relative path that nothing can shorten.
 */
function mlflowName(name: string): string {
  const plain = name.replace(REFUSED, '_');
  const parts = plain.split('/');
  const isPath = parts.every((part) => part !== '' && part !== '.' && !part.startsWith('..'));
  return isPath ? plain : parts.join('_').replace(/^\.+/, '_');
}

/** Named values under names that MLflow takes, no two the same, and which of them had to change. */
export interface MlflowNamed<T> {
  readonly values: Readonly<Record<string, T>>;
  /** The name here by the name there. */
  readonly renamed: Readonly<Record<string, string>>;
}

export function underMlflowNames<T>(entries: Readonly<Record<string, T>>): MlflowNamed<T> {
  const taken = new Map<string, { readonly name: string; readonly value: T }>();
  const isKept = (name: string): boolean => mlflowName(name) === name;
  // Names that stay come first, so that none of them has to give way to a changed one.
  const names = Object.keys(entries).sort((a, b) => Number(isKept(b)) - Number(isKept(a)));
  for (const name of names) {
    const value = entries[name] as T; // it is one of its keys
    let there = mlflowName(name);
    for (let i = 2; taken.has(there); i += 1) there = `${mlflowName(name)}_${i}`;
    taken.set(there, { name, value });
  }
  return {
    values: Object.fromEntries([...taken].map(([there, { value }]) => [there, value])),
    renamed: Object.fromEntries(
      [...taken].flatMap(([there, { name }]) => (there === name ? [] : [[there, name]])),
    ),
  };
}

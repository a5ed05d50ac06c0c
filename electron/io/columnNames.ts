/**
 * Makes column names that can be told apart: none empty, none twice.
 *
 * @returns the names in order, and one sentence for each that had to be changed
 */
export function distinctColumnNames(found: readonly string[]): {
  readonly names: readonly string[];
  readonly warnings: readonly string[];
} {
  const taken = new Set(found);
  const used = new Set<string>();
  const warnings: string[] = [];
  const names = found.map((name, index) => {
    if (name !== '' && !used.has(name)) {
      used.add(name);
      return name;
    }
    const isEmpty = name === '';
    const fresh = isEmpty
      ? firstFree(`column_${index + 1}`, taken, used)
      : firstFree(name, taken, used);
    used.add(fresh);
    warnings.push(
      isEmpty
        ? `Column ${index + 1} has no name; it is called "${fresh}".`
        : `Column ${index + 1} has the name of an earlier one, "${name}"; it is called "${fresh}".`,
    );
    return fresh;
  });
  return { names, warnings };
}

/** `base` itself or `base_2`, `base_3`, ...: the first that is no other column's name. */
function firstFree(base: string, taken: ReadonlySet<string>, used: ReadonlySet<string>): string {
  const isFree = (name: string): boolean => !taken.has(name) && !used.has(name);
  if (isFree(base)) return base;
  let count = 2;
  while (!isFree(`${base}_${count}`)) count += 1;
  return `${base}_${count}`;
}

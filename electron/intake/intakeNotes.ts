import type { IntakeRecord } from '../../shared/intake/intake';

/** The files that say what became of a sidecar; they hold no value of any row. */
export function notesOf(
  record: IntakeRecord,
  base: string,
  appVersion: string,
): Readonly<Record<string, string>> {
  const { id, sidecarName, outcome, files, problem, action, subject, takenAtUtc } = record;
  const facts = { outcome, intakeId: id, sidecar: sidecarName, takenAtUtc, appVersion, files };
  if (problem === null) {
    const receipt = { ...facts, sidecarSha256: record.sidecarSha256, action, record: subject };
    return { [`${base}.receipt.json`]: asText(receipt) };
  }
  const text = [
    `${base} was not imported.`,
    '',
    problem.message,
    '',
    `Code: ${problem.code}. Looked at: ${takenAtUtc}. On record as ${id}.`,
    `Nothing was recorded but this failure. Put it right, then move the file and ${sidecarName} back into the watched folder.`,
    '',
  ].join('\n');
  return {
    [`${base}.reason.json`]: asText({ ...facts, ...problem }),
    [`${base}.reason.txt`]: text,
  };
}

function asText(facts: object): string {
  return `${JSON.stringify(facts, null, 2)}\n`;
}

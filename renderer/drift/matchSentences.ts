import type { ColumnMatch } from '../../shared/drift/driftReport';

/** One kind of difference between a batch's columns and the reference's, and what follows from it. */
export interface MatchNote {
  readonly level: 'ok' | 'watch' | 'alert';
  readonly title: string;
  readonly consequence: string;
  /** Columns concerned, as they are to be read. */
  readonly columns: readonly string[];
}

function plural(n: number, one: string, many = `${one}s`): string {
  return n === 1 ? `1 ${one}` : `${n.toLocaleString('en')} ${many}`;
}

/** How the columns fit, worst first, each with its consequence in words. */
export function matchNotes(match: ColumnMatch): readonly MatchNote[] {
  const notes: MatchNote[] = [];
  const { matched, missing, added, changedType } = match;
  if (missing.length > 0) {
    notes.push({
      level: 'alert',
      title: `${plural(missing.length, 'reference column')} missing from this batch`,
      consequence: 'Not assessed; the report gives this reason.',
      columns: missing,
    });
  }
  if (changedType.length > 0) {
    notes.push({
      level: 'watch',
      title: `${plural(changedType.length, 'column')} with another type`,
      consequence:
        'Not assessed, unless every value can be read as in the reference; the report says which.',
      columns: changedType.map(
        (it) => `${it.name}: ${it.reference} in the reference, ${it.live} here`,
      ),
    });
  }
  if (added.length > 0) {
    notes.push({
      level: 'watch',
      title: `${plural(added.length, 'column')} the reference does not have`,
      consequence: 'Left out: there is nothing to compare them with.',
      columns: added,
    });
  }
  notes.push({
    level: matched.length === 0 ? 'alert' : 'ok',
    title:
      matched.length === 0 ? 'No column matches' : `${plural(matched.length, 'column')} matched`,
    consequence:
      matched.length === 0
        ? 'Nothing can be compared. Is this the right file for this model?'
        : 'Compared with the reference.',
    columns: matched,
  });
  return notes;
}

/** A batch's first label: its file name without the ending. */
export function labelFromFileName(fileName: string): string {
  const label = fileName.replace(/\.[A-Za-z0-9]{1,8}$/, '').trim();
  return (label === '' ? fileName : label).slice(0, 200);
}

/** Why a period cannot be taken, in words; null when it can. Both days are ISO dates or empty. */
export function problemWithPeriod(start: string, end: string): string | null {
  if ((start === '') !== (end === '')) return 'Give both days, or neither.';
  if (start > end) return 'The first day comes after the last.';
  return null;
}

/** Whether the columns of a batch differ from the reference's in any way. */
export function hasMatchProblem({ matched, missing, added, changedType }: ColumnMatch): boolean {
  return matched.length === 0 || missing.length + added.length + changedType.length > 0;
}

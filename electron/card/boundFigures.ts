import type { CardContent, CardFigure } from '../../shared/card/cardContent';
import type { EvidenceFound, StaleFigure } from '../../shared/card/evidence';
import { findEvidence, type Evidence } from './evidenceSources';

/**
 * Figures whose evidence says something else by now, or is gone.
 *
 * Newer evidence with the same value makes nothing stale: what the card says is still so.
 */
export function staleFigures({ figures }: CardContent, evidence: Evidence): StaleFigure[] {
  return figures.flatMap((figure) => {
    if (figure.evidence === null) return [];
    const now = findEvidence(evidence, figure.evidence);
    if (now !== null && isSame(figure, now)) return [];
    return [{ figureId: figure.id, name: figure.name, was: figure.value, now }];
  });
}

function isSame(figure: CardFigure, now: EvidenceFound): boolean {
  return figure.value === now.value && figure.low === now.low && figure.high === now.high;
}

/**
 * Content with every bound figure as its evidence has it: as it was bound before, or else as it is now.
 * Nobody but core says what evidence says.
 *
 * @returns null in place of the content when evidence that a figure points at is not there
 */
export function bindFigures(
  content: CardContent,
  before: CardContent,
  evidence: Evidence,
): CardContent | null {
  const bound = content.figures.map((figure) => {
    if (figure.evidence === null) return { ...figure, asOfUtc: null };
    if (before.figures.some((old) => isSameBinding(old, figure))) return figure;
    const now = findEvidence(evidence, figure.evidence);
    return now === null ? null : { ...figure, ...now };
  });
  const figures = bound.filter((figure) => figure !== null);
  return figures.length === bound.length ? { ...content, figures } : null;
}

function isSameBinding(old: CardFigure, figure: CardFigure): boolean {
  const binding = ({ id, evidence, value, low, high, asOfUtc, source }: CardFigure): string =>
    JSON.stringify([id, evidence, value, low, high, asOfUtc, source]);
  return binding(old) === binding(figure);
}

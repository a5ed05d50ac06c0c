import type { CardContent } from '../../shared/card/cardContent';

/**
 * What is typed, with figures as they were saved: core writes value, date and source of a figure that points
 * at evidence. A figure that was changed after it was sent stays as it is typed.
 */
export function withSavedFigures(
  typed: CardContent,
  sent: CardContent,
  saved: CardContent,
): CardContent {
  const figures = typed.figures.map((figure) => {
    const isAsSent = sent.figures.includes(figure);
    return (isAsSent ? saved.figures.find(({ id }) => id === figure.id) : undefined) ?? figure;
  });
  return { ...typed, figures };
}

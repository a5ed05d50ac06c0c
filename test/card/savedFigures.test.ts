import { expect, it } from 'vitest';
import { withSavedFigures } from '../../renderer/card/savedFigures';
import { emptyCard } from '../../shared/card/cardContent';
import { bound, typed } from './cardDesk';

it('what was typed while it was saved stays, with the figures that core has bound', () => {
  const figure = bound('a', { kind: 'openAlerts' });
  const sent = { ...emptyCard(), overview: 'One', figures: [figure, typed('b', '1')] };
  const saved = {
    ...sent,
    figures: [{ ...figure, value: '3', source: 'Alerts' }, sent.figures[1]!],
  };
  const later = typed('b', '2');
  const now = { ...sent, overview: 'Two', figures: [figure, later] };
  expect(withSavedFigures(now, sent, saved)).toEqual({
    ...sent,
    overview: 'Two',
    figures: [saved.figures[0], later],
  });
});

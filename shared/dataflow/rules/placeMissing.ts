import type { FindingRule } from '../finding';
import { countryOf } from '../flowView';

export const placeMissing: FindingRule = {
  id: 'placeMissing',
  title: 'Nobody has said where it stands',
  severity: 'medium',
  source: 'GDPR Art. 30(1)(d) and (e), 44',
  explanation:
    'Whether data leave the EEA can be told only where the country of those who get them is known.',
  fix: 'Name its country, or draw a country boundary around it.',
  find({ view }) {
    const boundaryById = new Map(view.map.boundaries.map((one) => [one.id, one]));
    return view.map.nodes.flatMap((node) => {
      const isReached = view
        .flowsAt(node.id)
        .some(({ isPersonal, to }) => isPersonal && to.id === node.id);
      return isReached && countryOf(node, boundaryById) === null
        ? [
            {
              elementId: node.id,
              text: `"${node.name}" gets data about people in a country that nobody has named.`,
            },
          ]
        : [];
    });
  },
};

import type { FindingRule } from '../finding';

export const featureNotOnMap: FindingRule = {
  id: 'featureNotOnMap',
  title: 'Feature of a model is not on the map',
  severity: 'medium',
  source: 'GDPR Art. 5(2), 30(1)(c)',
  explanation:
    'What a model takes in about people reaches it on some flow; a register without it is not complete.',
  fix: 'Link the feature to the flow that carries it, or say in the catalogue that it says nothing about people.',
  find({ view }) {
    const linked = new Set(view.map.flows.flatMap(({ featureIds }) => featureIds));
    return view.facts.features
      .filter(
        ({ id, sensitivity, modelNames }) =>
          modelNames.length > 0 && sensitivity !== 'none' && !linked.has(id),
      )
      .map(({ id, name, modelNames }) => ({
        elementId: null,
        featureId: id,
        text: `"${name}" is taken in by ${modelNames.join(', ')}, and no flow carries it.`,
      }));
  },
};

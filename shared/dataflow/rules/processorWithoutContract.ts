import type { FindingRule } from '../finding';

export const processorWithoutContract: FindingRule = {
  id: 'processorWithoutContract',
  title: 'Processor without a contract',
  severity: 'high',
  source: 'GDPR Art. 28(3)',
  explanation:
    'A processor works under a contract, or another legal act, that binds it to the controller.',
  fix: 'Say where the contract can be found, or stop giving data to this processor.',
  find: ({ view }) =>
    view.map.nodes
      .filter(
        ({ id, kind, contract }) =>
          kind === 'processor' &&
          contract.reference === '' &&
          view.flowsAt(id).some(({ isPersonal }) => isPersonal),
      )
      .map(({ id, name }) => ({
        elementId: id,
        text: `"${name}" processes data about people, and no contract is named.`,
      })),
};

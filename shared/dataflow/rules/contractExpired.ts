import { isOver, type FindingRule } from '../finding';

export const contractExpired: FindingRule = {
  id: 'contractExpired',
  title: 'The contract with a processor has ended',
  severity: 'high',
  source: 'GDPR Art. 28(3)',
  explanation: 'A processor works under a contract that holds today.',
  fix: 'Renew the contract and change its last day, or stop giving data to this processor.',
  find: ({ view, today }) =>
    view.map.nodes
      .filter(
        ({ id, kind, contract }) =>
          kind === 'processor' &&
          contract.reference !== '' &&
          isOver(contract.expiresOn, today) &&
          view.flowsAt(id).some(({ isPersonal }) => isPersonal),
      )
      .map(({ id, name, contract }) => ({
        elementId: id,
        text: `The contract with "${name}" ended on ${contract.expiresOn}.`,
      })),
};

import type { Model, ModelFacts } from '../../shared/registry/model';
import { riskLine } from './riskClasses';

/** The facts of a model, ready to be edited. */
export function factsOf(model: Model): ModelFacts {
  const { purpose, owner, intendedUse, riskClass, tags } = model;
  return { purpose, owner, intendedUse, riskClass, tags };
}

/** Facts as they go on record: without blanks around them. */
export function trimFacts(facts: ModelFacts): ModelFacts {
  return {
    ...facts,
    purpose: facts.purpose.trim(),
    owner: facts.owner.trim(),
    intendedUse: facts.intendedUse.trim(),
  };
}

/** What an edit changes, a sentence for each fact; empty where nothing changes. */
export function factChanges(before: ModelFacts, after: ModelFacts): readonly string[] {
  const words = (text: string): string => (text === '' ? 'nothing' : `“${shorten(text)}”`);
  const change = (name: string, old: string, fresh: string): readonly string[] =>
    old === fresh ? [] : [`${name}: ${words(old)} becomes ${words(fresh)}.`];
  return [
    ...change('Purpose', before.purpose, after.purpose),
    ...change('Intended use', before.intendedUse, after.intendedUse),
    ...change('Owner', before.owner, after.owner),
    ...change('Risk class', riskLine(before.riskClass), riskLine(after.riskClass)),
    ...change('Tags', before.tags.join(', '), after.tags.join(', ')),
  ];
}

const SHOWN_LENGTH = 80;

function shorten(text: string): string {
  const letters = [...text];
  return letters.length <= SHOWN_LENGTH ? text : `${letters.slice(0, SHOWN_LENGTH).join('')}…`;
}

/** Ways to spread the error over planned looks; apart from the bounds, so that a form need not load them. */
export const GROUP_DESIGNS = [
  'obrienFleming',
  'pocock',
  'spendObrienFleming',
  'spendPocock',
] as const;
export type GroupDesign = (typeof GROUP_DESIGNS)[number];

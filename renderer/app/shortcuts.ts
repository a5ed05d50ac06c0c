/** Pages that `g` and a letter reach. */
export const GO_KEYS: Readonly<Record<string, string>> = {
  o: '/',
  m: '/models',
  d: '/monitoring',
  c: '/canaries',
  a: '/alerts',
  i: '/incidents',
  f: '/features',
  r: '/requests',
  e: '/audit',
  v: '/verify',
  s: '/settings',
};

export const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ['Ctrl', 'K'], what: 'Go to any page, model or action' },
  { keys: ['?'], what: 'Show these shortcuts' },
  { keys: ['g', 'o'], what: 'Overview' },
  { keys: ['g', 'm'], what: 'Models' },
  { keys: ['g', 'd'], what: 'Monitoring (drift)' },
  { keys: ['g', 'c'], what: 'Canaries' },
  { keys: ['g', 'a'], what: 'Alerts' },
  { keys: ['g', 'i'], what: 'Incidents' },
  { keys: ['g', 'f'], what: 'Features' },
  { keys: ['g', 'r'], what: 'Requests for an explanation' },
  { keys: ['g', 'e'], what: 'Audit (events)' },
  { keys: ['g', 'v'], what: 'Verify package' },
  { keys: ['g', 's'], what: 'Settings' },
  { keys: ['↑', '↓'], what: 'Move between the rows of a table' },
  { keys: ['Enter'], what: 'Open the row' },
  { keys: ['Esc'], what: 'Close a dialog' },
];

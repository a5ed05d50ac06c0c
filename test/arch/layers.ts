/**
 * Who may import what: the table of the architecture, as data.
 *
 * A room is a folder (or a few) with the same rules. The first room whose `where` matches a file is
 * the file's room. A relative import must match one of `mayImport`; in those patterns CAPABILITY
 * stands for the importing file's own capability folder. A package must match `packages`.
 */
export interface Room {
  readonly name: string;
  readonly where: RegExp;
  readonly mayImport: readonly Door[];
  readonly packages: RegExp;
  /** What to do instead, for the one who broke the rule. */
  readonly rightDoor: string;
}

export interface Door {
  readonly to: string;
  readonly typesOnly?: boolean;
}

export const CAPABILITIES = [
  'vault',
  'registry',
  'card',
  'drift',
  'performance',
  'incident',
  'canary',
  'handoff',
  'feature',
  'dataflow',
  'explanation',
  'checklist',
  'intake',
  'audit',
] as const;

const anyCapability = `(?:${CAPABILITIES.join('|')})`;
const isCapability = (root: string): RegExp => new RegExp(`^${root}/${anyCapability}/`);

const shared = { to: '^shared/' };
/** package.json, for the version that is shown. */
const manifest = { to: '^package$' };
const nodePackages = /^(?!electron$|\(computed\)|react|@mantine|@tabler|zustand|wouter|recharts)/;
const browserPackages =
  /^(?!node:|\(computed\)|electron$|better-sqlite3|@node-rs|@duckdb|piscina|apache-arrow)/;

export const ROOMS: readonly Room[] = [
  {
    name: 'shared',
    where: /^shared\//,
    mayImport: [shared],
    packages: /^(zod|simple-statistics|@stdlib\/.+)$/,
    rightDoor: 'shared code is pure: pass in what it needs from Node, the window or a file',
  },
  {
    name: 'electron list of jobs',
    where: /^electron\/workers\/(jobs|entry\.worker)\.ts$/,
    mayImport: [
      shared,
      { to: '^electron/(db|io|workers)/' },
      { to: `^electron/${anyCapability}/\\w+(Job|Task)$` },
    ],
    packages: nodePackages,
    rightDoor:
      'a job is a *Job file of its capability; nothing else of a capability is listed here',
  },
  {
    name: 'electron infrastructure',
    where: /^electron\/(db|io|workers)\//,
    mayImport: [shared, { to: '^electron/(db|io|workers)/' }],
    packages: nodePackages,
    rightDoor: 'infrastructure knows no capability: let the capability pass in what is needed',
  },
  {
    name: 'electron job',
    where: new RegExp(`^electron/${anyCapability}/\\w+(Job|Task)\\.ts$`),
    mayImport: [
      shared,
      { to: '^electron/(io|workers)/' },
      { to: '^electron/CAPABILITY/(?!\\w+(Service|Repo)$)' },
    ],
    packages: nodePackages,
    rightDoor: 'a job sees rows, so it may reach neither the database nor the services that do',
  },
  {
    name: 'electron capability',
    where: isCapability('electron'),
    mayImport: [
      shared,
      { to: '^electron/(db|io)/' },
      { to: '^electron/workers/', typesOnly: true },
      { to: '^electron/app/(context|log)$', typesOnly: true },
      { to: '^electron/CAPABILITY/' },
      { to: `^electron/${anyCapability}/\\w+Service$` },
    ],
    packages: nodePackages,
    rightDoor: "use the port in ctx, or a read function of the other capability's *Service",
  },
  {
    name: 'electron shell',
    where: /^electron\/shell\//,
    mayImport: [shared, { to: '^electron/(shell|app)/' }],
    packages: /^(electron$|node:)/,
    rightDoor: 'the shell holds no domain rules, keys or rows: ask core over its port',
  },
  {
    name: 'electron app and command line',
    where: /^electron\/(app|cli)\//,
    mayImport: [shared, manifest, { to: '^electron/(?!shell/)' }],
    packages: nodePackages,
    rightDoor: 'core and command line run on plain Node: reach the window through a port of ctx',
  },
  {
    name: 'renderer kit',
    where: /^renderer\/(api|ui)\//,
    mayImport: [shared, { to: '^renderer/(api|ui)/' }],
    packages: browserPackages,
    rightDoor: 'the kit knows no page: let the page pass in what is needed',
  },
  {
    name: 'renderer capability',
    where: isCapability('renderer'),
    mayImport: [shared, { to: '^renderer/(api|ui)/' }, { to: '^renderer/CAPABILITY/' }],
    packages: browserPackages,
    rightDoor: 'pages meet only in renderer/app; calls to core go through renderer/api',
  },
  {
    name: 'renderer app',
    where: /^renderer\/(app\/|[^/]+$)/,
    mayImport: [shared, manifest, { to: '^renderer/' }],
    packages: browserPackages,
    rightDoor: 'the window reaches Node and Electron only through renderer/api',
  },
];

/** Modules that open connections: Assay works offline, so no product code may import them. */
export const NETWORK_MODULES =
  /^(node:)?(https?|http2|net|tls|dgram|dns(\/promises)?)$|^(undici|ws|axios|got|node-fetch)$/;
export const NETWORK_GLOBALS = ['fetch', 'WebSocket', 'XMLHttpRequest', 'WebTransport'];

/** Methods that no file in electron/ may call, each with its reason. */
export const BANNED_METHODS: Readonly<Record<string, string>> = {
  serialize: 'it hands out the database in clear text',
  loadExtension: 'it runs foreign code in the process that holds the keys',
  unsafeMode: 'it lifts SQLite safeguards',
  openExternal: 'addresses are shown as text with "copy", never opened',
};

export const BANNED_NAMES = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'manager',
  'index',
];
export const MOST_LINES = 350;

import { posix } from 'node:path';
import { scanModule, type ModuleFacts } from './scanModule';
import {
  BANNED_METHODS,
  BANNED_NAMES,
  MOST_LINES,
  NETWORK_GLOBALS,
  NETWORK_MODULES,
  ROOMS,
  type Room,
} from './layers';

export interface SourceFile {
  /** From the checkout's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every way in which the files break the rules of the house, as readable sentences. */
export function findViolations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => [
    ...nameViolations(file),
    ...sizeViolations(file),
    ...codeViolations(file),
  ]);
}

function nameViolations({ path }: SourceFile): readonly string[] {
  const name = posix.basename(path).replace(/\..*$/, '');
  const isAllowed = path.endsWith('/migrations/index.ts') || path === 'renderer/index.html';
  return BANNED_NAMES.includes(name.toLowerCase()) && !isAllowed
    ? [`${path}: the name "${name}" does not say what is inside`]
    : [];
}

function sizeViolations({ path, text }: SourceFile): readonly string[] {
  const lines = text.split('\n').length - 1;
  return lines > MOST_LINES
    ? [`${path}: ${lines} lines; more than ${MOST_LINES} ask to be two files`]
    : [];
}

function codeViolations({ path, text }: SourceFile): readonly string[] {
  if (!/\.tsx?$/.test(path)) return [];
  if (!/^(shared|electron|renderer)\//.test(path)) return [];
  const room = ROOMS.find(({ where }) => where.test(path));
  if (room === undefined) return [`${path}: this folder is no room of the architecture`];
  const facts = scanModule(path, text);
  return [
    ...importViolations(path, room, facts),
    ...networkViolations(path, facts),
    ...(path.startsWith('electron/') ? methodViolations(path, facts) : []),
    ...bridgeViolations(path, facts),
  ];
}

function importViolations(path: string, room: Room, facts: ModuleFacts): readonly string[] {
  return facts.imports.flatMap(({ specifier, isTypeOnly }) => {
    if (mayImport(path, room, specifier, isTypeOnly)) return [];
    const kind = isTypeOnly ? 'the types of ' : '';
    return [`${path} (${room.name}) may not import ${kind}${specifier}: ${room.rightDoor}`];
  });
}

function mayImport(path: string, room: Room, specifier: string, isTypeOnly: boolean): boolean {
  if (!specifier.startsWith('.')) return room.packages.test(specifier);
  const target = posix.join(posix.dirname(path), specifier).replace(/\.(tsx?|css|json)$/, '');
  const capability = path.split('/')[1] ?? '';
  return room.mayImport.some(
    ({ to, typesOnly = false }) =>
      (isTypeOnly || !typesOnly) && new RegExp(to.replace('CAPABILITY', capability)).test(target),
  );
}

function networkViolations(path: string, { imports, identifiers, members }: ModuleFacts) {
  const modules = imports
    .map(({ specifier }) => specifier)
    .filter((name) => NETWORK_MODULES.test(name));
  const globals = NETWORK_GLOBALS.filter((name) => identifiers.has(name) || members.has(name));
  return [...modules, ...globals].map((name) => `${path} uses ${name}: Assay opens no connections`);
}

function methodViolations(path: string, { members }: ModuleFacts): readonly string[] {
  return Object.entries(BANNED_METHODS)
    .filter(([name]) => members.has(name))
    .map(([name, reason]) => `${path} uses ${name}: ${reason}`);
}

function bridgeViolations(path: string, { members, identifiers }: ModuleFacts): readonly string[] {
  const touchesBridge =
    members.has('assay') && (identifiers.has('window') || identifiers.has('globalThis'));
  return path.startsWith('renderer/') && !path.startsWith('renderer/api/') && touchesBridge
    ? [`${path} reaches for window.assay: calls to core go through renderer/api`]
    : [];
}

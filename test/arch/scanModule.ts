import { parseAst } from 'vite';

/** What the architecture test needs to know of one source file. */
export interface ModuleFacts {
  readonly imports: readonly { readonly specifier: string; readonly isTypeOnly: boolean }[];
  /** Names of everything called as a method (`a.name()`) or read as a property. */
  readonly members: ReadonlySet<string>;
  /** Names of everything called, constructed or read as a plain identifier. */
  readonly identifiers: ReadonlySet<string>;
}

type Node = Readonly<Record<string, unknown>>;

/** Reads imports of every form (static, re-export, dynamic, require, type) and the names used. */
export function scanModule(path: string, text: string): ModuleFacts {
  const imports: { specifier: string; isTypeOnly: boolean }[] = [];
  const members = new Set<string>();
  const identifiers = new Set<string>();
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }), (node) => {
    const found = importOf(node);
    if (found !== null) imports.push(found);
    if (node.type === 'MemberExpression') addName(members, node.property);
    if (node.type === 'Identifier') addName(identifiers, node);
  });
  return { imports, members, identifiers };
}

function importOf(node: Node): { specifier: string; isTypeOnly: boolean } | null {
  switch (node.type) {
    case 'ImportDeclaration':
      return toImport(node.source, node.importKind === 'type');
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return toImport(node.source, node.exportKind === 'type');
    case 'ImportExpression':
      return toImport(node.source, false);
    case 'TSImportType':
      return toImport(node.source, true);
    case 'CallExpression':
      return isNode(node.callee) && node.callee.name === 'require' && Array.isArray(node.arguments)
        ? toImport(node.arguments[0], false)
        : null;
    default:
      return null;
  }
}

function toImport(source: unknown, isTypeOnly: boolean) {
  if (source === null || source === undefined) return null;
  const specifier =
    isNode(source) && typeof source.value === 'string' ? source.value : '(computed)';
  return { specifier, isTypeOnly };
}

function addName(names: Set<string>, node: unknown): void {
  if (!isNode(node)) return;
  if (typeof node.name === 'string') names.add(node.name);
  else if (typeof node.value === 'string') names.add(node.value);
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (isNode(value)) {
    if (typeof value.type === 'string') see(value);
    for (const child of Object.values(value)) visit(child, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

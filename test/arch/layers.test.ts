import { describe, expect, it } from 'vitest';
import { findViolations } from './findViolations';
import { readSourceFiles } from './sourceFiles';

describe('the rules of the house', () => {
  it('are kept by every file', () => {
    const files = readSourceFiles(['shared', 'electron', 'renderer', 'test', 'scripts']);
    expect(files.length).toBeGreaterThan(20);
    expect(findViolations(files)).toEqual([]);
  });
});

describe('the checker of the rules', () => {
  const planted: readonly (readonly [path: string, text: string, finding: string])[] = [
    ['shared/stats/psi.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
    ['shared/stats/psi.ts', "const { app } = require('electron');", 'electron'],
    ['shared/drift/rules.ts', "import { h } from '../../electron/io/fileHash';", 'fileHash'],
    ['electron/io/zip.ts', "import { findX } from '../drift/driftRepo';", 'driftRepo'],
    ['electron/drift/driftService.ts', "import { app } from 'electron';", 'electron'],
    [
      'electron/drift/driftService.ts',
      "import { x } from '../registry/registryRepo';",
      'registryRepo',
    ],
    ['electron/drift/driftService.ts', "import { context } from '../app/context';", 'context'],
    [
      'electron/drift/driftService.ts',
      "const r = await import('../audit/auditRepo');",
      'auditRepo',
    ],
    ['electron/drift/driftJob.ts', "import { db } from '../db/openDatabase';", 'openDatabase'],
    ['electron/app/core.ts', "import type { App } from 'electron';", 'electron'],
    ['electron/cli/assay.ts', "export { open } from '../shell/window';", 'window'],
    ['electron/shell/main.ts', "import { x } from '../drift/driftService';", 'driftService'],
    ['electron/shell/main.ts', "await import('node:http');", 'opens no connections'],
    ['electron/shell/main.ts', "shell.openExternal('x');", 'openExternal'],
    ['electron/shell/protocol.ts', "net.fetch('file:///x');", 'fetch'],
    ['electron/db/openDatabase.ts', 'db.serialize();', 'clear text'],
    ['electron/db/openDatabase.ts', "db['loadExtension']('x');", 'foreign code'],
    ['electron/db/openDatabase.ts', 'db.unsafeMode();', 'safeguards'],
    ['electron/io/tableReader.ts', 'await import(name);', '(computed)'],
    ['renderer/drift/DriftPage.tsx', "import { A } from '../audit/AuditPage';", 'AuditPage'],
    ['renderer/drift/DriftPage.tsx', "import { x } from '../app/router';", 'router'],
    [
      'renderer/drift/DriftPage.tsx',
      'export const a = <b>{window.assay.call}</b>;',
      'window.assay',
    ],
    ['renderer/ui/Field.tsx', "import { s } from '../drift/driftStore';", 'driftStore'],
    ['renderer/api/client.ts', "new WebSocket('wss://x');", 'WebSocket'],
    ['renderer/api/client.ts', "import { ipcRenderer } from 'electron';", 'electron'],
    ['electron/tools/thing.ts', 'export const a = 1;', 'no room'],
    ['shared/base/utils.ts', 'export const a = 1;', 'utils'],
    ['test/support/helpers.ts', 'export const a = 1;', 'helpers'],
    ['test/drift/long.test.ts', '\n'.repeat(351), '351 lines'],
  ];

  it.each(planted)('finds the fault planted in %s: %s', (path, text, finding) => {
    expect(findViolations([{ path, text }])).toEqual([expect.stringContaining(finding)]);
  });

  it('lets through what the table allows', () => {
    const allowed = [
      ['shared/drift/report.ts', "import { z } from 'zod'; import { psi } from '../stats/psi';"],
      ['electron/workers/jobs.ts', "import { computeDrift } from '../drift/driftJob';"],
      ['electron/drift/driftService.ts', "import type { AppContext } from '../app/context';"],
      [
        'electron/drift/driftService.ts',
        "import { getVersion } from '../registry/registryService';",
      ],
      ['electron/app/handlers.ts', "import { importBatch } from '../drift/driftService';"],
      [
        'electron/shell/main.ts',
        "import { app } from 'electron'; import { x } from '../app/channels';",
      ],
      ['renderer/app/App.tsx', "import { DriftPage } from '../drift/DriftPage';"],
      ['renderer/api/client.ts', 'export const call = window.assay.call;'],
      ['electron/db/migrations/index.ts', "export { first } from './0001-first';"],
    ] as const;
    expect(findViolations(allowed.map(([path, text]) => ({ path, text })))).toEqual([]);
  });
});

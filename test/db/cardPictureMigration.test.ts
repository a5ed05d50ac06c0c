import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../electron/db/migrate';
import { migrations } from '../../electron/db/migrations/index';
import { openDatabase } from '../../electron/db/openDatabase';
import { tempFolder } from '../support/tempFolder';

const KEY = 'd4'.repeat(32);
const AT = '2026-01-02T03:04:05.000Z';

describe('the migration of card pictures', () => {
  it('adds pictures that never change and are never deleted', () => {
    const upTo = migrations.findIndex(({ name }) => name === 'cardPicture') + 1;
    const path = join(tempFolder(), 'assay.db');
    const db = openDatabase({ path, keyHex: KEY, canCreate: true });
    migrate(db, { keyHex: KEY, backupPathFor: null, migrations: migrations.slice(0, upTo) });
    db.pragma('foreign_keys = OFF');
    const insert = db.prepare('INSERT INTO card_picture VALUES (?, ?, ?, ?, ?, ?, ?)');
    const row = ['ab'.repeat(32), 'image/png', 3, 2, Buffer.from('p'), AT, 'p-1'];
    insert.run(...row);
    expect(() => db.exec('DELETE FROM card_picture')).toThrow('never deleted');
    expect(() => db.exec('UPDATE card_picture SET width = 4')).toThrow('never changes');
    for (const [at, wrong] of [
      [0, 'AB'.repeat(32)],
      [1, 'image/svg+xml'],
      [2, 0],
      [3, 0],
      [4, Buffer.alloc(2 ** 20 + 1)],
    ] as const)
      expect(() => insert.run(...['cd'.repeat(32), ...row.slice(1)].with(at, wrong))).toThrow(
        'CHECK',
      );
    expect(db.pragma('user_version', { simple: true })).toBe(migrations[upTo - 1]?.version);
    db.close();
  });
});

import { describe, expect, it } from 'vitest';
import { actionWords } from '../../renderer/audit/eventWords';
import { backupSentence, lastBackupSentence } from '../../renderer/vault/backupWords';
import { PersonId, StageId } from '../../shared/base/ids';

const NOW_MS = Date.parse('2026-11-29T12:00:00.000Z');
const ID = '0c19ca52-3be9-4af7-9be4-69b2a2f74f34';

function sentenceFor(backedUpAtUtc: string): string {
  const last = { fileName: 'backup-2026-11-26.assaybackup', sha256: 'a1'.repeat(32) };
  return lastBackupSentence({ ...last, backedUpAtUtc }, NOW_MS);
}

describe('the age of the last backup', () => {
  it('is said in the unit that people think in', () => {
    expect(lastBackupSentence(null, NOW_MS)).toBe('Last backup: never.');
    expect(sentenceFor('2026-11-26T11:00:00.000Z')).toBe(
      'Last backup: 3 days ago, backup-2026-11-26.assaybackup.',
    );
    expect(sentenceFor('2026-11-28T11:00:00.000Z')).toContain('1 day ago');
    expect(sentenceFor('2026-11-28T13:00:00.000Z')).toContain('23 hours ago');
    expect(sentenceFor('2026-11-29T11:59:00.000Z')).toContain('less than an hour ago');
  });

  it('is not negative after the clock was set back', () => {
    expect(sentenceFor('2026-12-24T00:00:00.000Z')).toContain('less than an hour ago');
  });
});

describe('what a backup is', () => {
  it('is said in one sentence with its time, its events and its people', () => {
    const people = [{ id: PersonId.parse(ID), printedName: 'Ada' }];
    const backup = {
      stageId: StageId.parse(ID),
      fileName: 'x.assaybackup',
      sizeBytes: 1,
      sha256: 'a1'.repeat(32),
      workspaceName: 'Retail `models`',
      people,
      createdAtUtc: '2026-11-26T03:04:05.000Z',
      appVersion: '0.1.0',
      schemaVersion: 8,
      nEvents: 1204,
    };
    expect(backupSentence(backup)).toBe(
      "`Retail 'models'` as it was at 2026-11-26 03:04:05 UTC: 1,204 audit events, and keys for 1 person.",
    );
    expect(backupSentence({ ...backup, people: [...people, ...people] })).toContain('2 people');
  });

  it('has words in the list of events', () => {
    expect(actionWords('vault.backedUp')).toBe('Workspace backed up');
    expect(actionWords('vault.restored')).toBe('Workspace restored from a backup');
  });
});

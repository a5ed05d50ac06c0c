import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertId } from '../../shared/base/ids';
import type { DriftReport } from '../../shared/drift/driftReport';
import { closingIds } from '../../shared/incident/closing';
import type { Evidence, Incident } from '../../shared/incident/incident';
import { closeIncident, RESPONSIBLE } from '../support/incident';
import { bring, nextVersion, setGates } from '../support/lifecycle';
import { testClock } from '../support/testClock';
import {
  colours,
  createTestModel,
  csvFile,
  evenly,
  okValue,
  type TestModel,
} from '../support/testModel';

const HOUR_MS = 3_600_000;
const clock = testClock();
let model: TestModel;
let alertId: AlertId;
let incident: Incident;

beforeAll(async () => {
  model = await createTestModel({ nowMs: clock.nowMs });
  await setGates(model, {});
  await bring(model, model.versionId, 'Staging');
  await bring(model, model.versionId, 'Production');
  clock.advance(HOUR_MS);
  await model.importDrifted();
  const [alert] = okValue<'incident.listAlerts'>(
    await model.call('incident.listAlerts', { modelId: model.modelId }),
  );
  alertId = alert!.id;
});
afterAll(() => model.close());

function reportOf(report: DriftReport): Evidence {
  return { kind: 'driftReport', reportId: report.id };
}

async function importSame(): Promise<DriftReport> {
  clock.advance(HOUR_MS);
  return okValue<'drift.importBatch'>(
    await model.importBatch(csvFile({ size: evenly(0), colour: colours(0.5) }), 'Back'),
  );
}

function ref() {
  return { incidentId: incident.id, revision: incident.revision };
}

async function close(evidence: Evidence) {
  return closeIncident(model, ref(), evidence);
}

async function lastEvent(): Promise<string> {
  const page = await model.call('audit.listEvents', { offset: 0, limit: 1, text: '' });
  return okValue<'audit.listEvents'>(page).events[0]!.action;
}

describe('an incident', () => {
  it('begins with its detection, and takes its alerts along', async () => {
    clock.advance(HOUR_MS);
    const beganAtUtc = new Date(clock.nowMs() - 5 * HOUR_MS).toISOString();
    const input = { alertIds: [alertId], title: 'Sizes moved', beganAtUtc, reason: 'All moved' };
    incident = okValue<'incident.openIncident'>(await model.call('incident.openIncident', input));
    expect(incident).toMatchObject({
      modelId: model.modelId,
      state: 'open',
      severity: 'critical',
      alerts: [{ alertId, rule: 'drift' }],
      entries: [{ kind: 'detection', evidence: { evidence: { kind: 'driftReport' } }, ordinal: 1 }],
      // What happened to stages before the detection is no part of it.
      offered: [],
      restoration: [],
      timeToDetect: { durationMs: 4 * HOUR_MS, targetMs: 72 * HOUR_MS },
      timeToRestore: { durationMs: null },
      steps: [{ act: 'open', text: 'All moved' }],
      revision: 0,
    });
    const [alert] = okValue<'incident.listAlerts'>(
      await model.call('incident.listAlerts', { modelId: model.modelId }),
    );
    expect(alert).toMatchObject({
      state: 'acknowledged',
      steps: [{ text: 'Incident: Sizes moved' }],
    });
    expect(await lastEvent()).toBe('incident.opened');
  });

  it('has each alert in one incident at most', async () => {
    const input = { alertIds: [alertId], title: 'Again', beganAtUtc: null, reason: 'r' };
    expect(await model.call('incident.openIncident', input)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', details: { incidentId: incident.id } },
    });
  });

  it('refuses to close without evidence that the figures are back, and puts the attempt on record', async () => {
    const before = incident.entries[0]!.evidence!.evidence;
    expect(await close(before)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('stays open') as string },
    });
    expect(await lastEvent()).toBe('incident.closingRefused');
    const evidence = { kind: 'auditEvent', seq: 1 } as const;
    expect(await close(evidence)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    const nowhere = { kind: 'driftReport', reportId: crypto.randomUUID() } as const;
    expect(
      await model.call('incident.previewClosing', { ...ref(), evidence: nowhere }),
    ).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  it('offers what happened to stages since the detection, as entries with their evidence', async () => {
    clock.advance(HOUR_MS);
    const archive = { versionId: model.versionId, reason: 'Not fit' };
    okValue<'registry.archiveVersion'>(await model.call('registry.archiveVersion', archive));
    incident = okValue<'incident.getIncident'>(
      await model.call('incident.getIncident', { incidentId: incident.id }),
    );
    const [offer] = incident.offered;
    expect(offer).toMatchObject({
      kind: 'decision',
      text: 'Not fit',
      evidence: { evidence: { kind: 'stageChange' } },
    });
    const { kind, atUtc, text } = offer!;
    const evidence = offer!.evidence!.evidence;
    incident = okValue<'incident.addEntry'>(
      await model.call('incident.addEntry', { ...ref(), kind, atUtc, text, evidence }),
    );
    expect(incident).toMatchObject({
      offered: [],
      entries: [{ kind: 'detection' }, { kind: 'decision', text: 'Not fit' }],
      revision: 1,
    });
  });

  it('lets nobody write over what another has written meanwhile', async () => {
    const stale = { incidentId: incident.id, revision: 0 };
    for (const answer of [
      await model.call('incident.writePostMortem', { ...stale, text: 'x' }),
      await model.call('incident.setBegan', { ...stale, beganAtUtc: null, reason: 'r' }),
    ]) {
      expect(answer).toMatchObject({
        ok: false,
        error: { code: 'CONFLICT', details: { current: { revision: 1 } } },
      });
    }
  });

  it('closes on a later report within policy, with its alerts and the time it took', async () => {
    const text = 'The scanner reports in inches since Friday.';
    incident = okValue<'incident.writePostMortem'>(
      await model.call('incident.writePostMortem', { ...ref(), text }),
    );
    const report = await importSame();
    incident = okValue<'incident.getIncident'>(
      await model.call('incident.getIncident', { incidentId: incident.id }),
    );
    expect(incident.restoration[0]).toMatchObject({
      isRestored: true,
      finding: 'No feature moved: back within policy.',
    });
    incident = okValue<'incident.closeIncident'>(await close(reportOf(report)));
    expect(incident).toMatchObject({
      state: 'closed',
      postMortem: text,
      restoredAtUtc: report.computedAtUtc,
      timeToRestore: { durationMs: 3 * HOUR_MS },
      entries: [{}, {}, { kind: 'restoration', evidence: { evidence: reportOf(report) } }],
      restoration: [],
    });
    const [alert] = okValue<'incident.listAlerts'>(
      await model.call('incident.listAlerts', { modelId: model.modelId }),
    );
    expect(alert!.state).toBe('closed');
  });

  it('is closed by a signature, which others judge and nobody else can give', async () => {
    const [recordId] = closingIds(incident);
    const record = { recordType: 'incident.closing', recordId: recordId! } as const;
    const { signatures } = okValue<'vault.listSignatures'>(
      await model.call('vault.listSignatures', record),
    );
    expect(signatures).toMatchObject([
      { meaning: 'responsibility', reason: 'restored', isCurrent: true },
    ]);
    const preview = okValue<'vault.previewSigning'>(
      await model.call('vault.previewSigning', record),
    );
    expect(preview.recordSha256).toBe(signatures[0]!.recordSha256);
    expect(preview.meanings).toMatchObject([
      { meaning: 'review', obstacle: expect.stringContaining('your own work') as string },
      { meaning: 'approval', obstacle: expect.stringContaining('your own work') as string },
      { meaning: 'rejection', obstacle: expect.stringContaining('your own work') as string },
      { meaning: 'responsibility', obstacle: expect.stringContaining('already') as string },
    ]);
    const evidence = reportOf(await importSame());
    expect(await model.call('incident.previewClosing', { ...ref(), evidence })).toMatchObject({
      error: { code: 'CONFLICT' },
    });
  });

  it('stands in the timeline of its model, apart from what the history of stages tells', async () => {
    const { modelId } = model;
    const told = okValue<'incident.listHappenings'>(
      await model.call('incident.listHappenings', { modelId }),
    );
    expect(told.map(({ what, text, who }) => ({ what, text, who }))).toMatchObject([
      { what: 'detection' },
      { what: 'open', text: 'All moved', who: 'Ada Analyst' },
      // Where it was archived is a step between stages.
      { what: 'close', text: 'restored' },
      { what: 'restoration', text: 'No feature moved: back within policy.' },
    ]);
  });

  it('needs new evidence once it is reopened', async () => {
    const restored = incident.entries.at(-1)!.evidence!.evidence;
    clock.advance(HOUR_MS);
    incident = okValue<'incident.reopenIncident'>(
      await model.call('incident.reopenIncident', { ...ref(), reason: 'Inches again' }),
    );
    expect(incident).toMatchObject({ state: 'open', timeToRestore: { durationMs: null } });
    expect(await close(restored)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    const report = await importSame();
    incident = okValue<'incident.getIncident'>(
      await model.call('incident.getIncident', { incidentId: incident.id }),
    );
    incident = okValue<'incident.closeIncident'>(await close(reportOf(report)));
    expect(incident).toMatchObject({ state: 'closed', restoredAtUtc: report.computedAtUtc });
    expect((await model.call('incident.reopenIncident', { ...ref(), reason: ' ' })).ok).toBe(false);
  });

  it('counts a report of a version that is not live as no evidence', async () => {
    await bring(model, model.versionId, 'Staging');
    await bring(model, model.versionId, 'Production');
    clock.advance(HOUR_MS);
    await model.importDrifted();
    const [alert] = okValue<'incident.listAlerts'>(
      await model.call('incident.listAlerts', { modelId: model.modelId }),
    );
    const input = { alertIds: [alert!.id], title: 'Second', beganAtUtc: null, reason: 'r' };
    incident = okValue<'incident.openIncident'>(await model.call('incident.openIncident', input));
    expect(incident.timeToDetect.durationMs).toBeNull();
    const second = await nextVersion(model);
    await bring(model, second, 'Staging');
    await bring(model, second, 'Production');
    const report = await importSame();
    expect(await close(reportOf(report))).toMatchObject({
      ok: false,
      error: { details: { finding: 'Version 1 is not live, so this does not count.' } },
    });
    const future = new Date(clock.nowMs() + HOUR_MS).toISOString();
    const entry = { kind: 'note', atUtc: future, text: 'n', evidence: null } as const;
    expect(await model.call('incident.addEntry', { ...ref(), ...entry })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
  });
});

describe('closing', () => {
  it('takes the meaning of responsibility, the right passphrase and a preview that still holds', async () => {
    const report = await importSame();
    const evidence = reportOf(report);
    const preview = okValue<'incident.previewClosing'>(
      await model.call('incident.previewClosing', { ...ref(), evidence }),
    );
    // What it does not show is said before anything is asked for; whoever signs all the same is refused.
    expect(preview.meanings).toEqual([
      { meaning: 'responsibility', obstacle: expect.stringContaining('is not live') as string },
    ]);
    const { stageId } = preview;
    const sign = (signing: object) =>
      model.call('incident.closeIncident', { stageId, signing: { ...RESPONSIBLE, ...signing } });
    expect(await sign({ meaning: 'approval' })).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(await sign({})).toMatchObject({ error: { code: 'CONFLICT' } });
    expect(await lastEvent()).toBe('incident.closingRefused');
    okValue<'incident.writePostMortem'>(
      await model.call('incident.writePostMortem', { ...ref(), text: 'Meanwhile' }),
    );
    expect(await sign({})).toMatchObject({ error: { code: 'CONFLICT' } });
    expect(await lastEvent()).toBe('incident.postMortemWritten');
  });

  it('is not told by an entry that no record shows, nor dated before the detection', async () => {
    incident = okValue<'incident.getIncident'>(
      await model.call('incident.getIncident', { incidentId: incident.id }),
    );
    const atUtc = new Date(clock.nowMs()).toISOString();
    const evidence = { kind: 'auditEvent', seq: 1 } as const;
    const entry = { kind: 'restoration', atUtc, text: 'It is fine', evidence } as const;
    expect(await model.call('incident.addEntry', { ...ref(), ...entry })).toMatchObject({
      error: { code: 'CONFLICT', message: expect.stringContaining('does not show') as string },
    });
    clock.advance(HOUR_MS);
    const beganAtUtc = new Date(clock.nowMs()).toISOString();
    expect(
      await model.call('incident.setBegan', { ...ref(), beganAtUtc, reason: 'They said' }),
    ).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });
});

describe('the target', () => {
  it('is 72 hours until a manager sets another one, with a reason', async () => {
    const { modelId } = model;
    expect(
      okValue<'incident.getTarget'>(await model.call('incident.getTarget', { modelId })),
    ).toMatchObject({ targetHours: 72, revision: 0 });
    const input = { modelId, targetHours: 24, reason: 'Critical service', revision: 0 };
    expect(
      okValue<'incident.setTarget'>(await model.call('incident.setTarget', input)),
    ).toMatchObject({ targetHours: 24, revision: 1, setBy: 'Ada Analyst' });
    expect(await model.call('incident.setTarget', input)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', details: { current: { targetHours: 24 } } },
    });
    const [head] = okValue<'incident.listIncidents'>(
      await model.call('incident.listIncidents', { modelId }),
    );
    expect(head).toMatchObject({ title: 'Second', timeToRestore: { targetMs: 24 * HOUR_MS } });
  });
});

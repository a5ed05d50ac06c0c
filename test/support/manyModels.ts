import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../../shared/base/canonicalJson';
import type { VersionSnapshot } from '../../shared/registry/model';
import type { Db } from '../../electron/db/openDatabase';
import type { Session } from '../../electron/vault/vaultHolder';

export interface ManyModels {
  readonly nModels: number;
  readonly nVersions: number;
  /** The first model has so many of the versions; the others share the rest evenly. */
  readonly nOfFirst?: number;
  /** Columns in each schema. */
  readonly nColumns?: number;
}

const OWNERS = ['Retail', 'Fraud desk', 'Pricing', 'Zoë Ångström', 'Kundenservice Süd'] as const;
const RISKS = ['high', 'limited', 'minimal', null] as const;

interface Inserts {
  readonly model: (i: number) => string;
  readonly version: (modelId: string, modelName: string, version: number) => void;
}

/** Fills a workspace with models and versions in one write, without a signature worth the name. */
export function insertMany(session: Session, many: ManyModels): { readonly modelIds: string[] } {
  return session.write('bench.filled', 'registry', {}, (db) => {
    const { model, version } = inserts(db, many.nColumns ?? 20);
    const modelIds = Array.from({ length: many.nModels }, (_none, i) => model(i));
    const nOfFirst = many.nOfFirst ?? Math.floor(many.nVersions / many.nModels);
    const rest = many.nVersions - nOfFirst;
    const nOthers = Math.max(1, many.nModels - 1);
    for (const [i, id] of modelIds.entries()) {
      const n =
        i === 0
          ? nOfFirst
          : Math.floor((i * rest) / nOthers) - Math.floor(((i - 1) * rest) / nOthers);
      for (let v = 1; v <= n; v += 1) version(id, `Model ${i}`, v);
    }
    return { modelIds };
  });
}

function inserts(db: Db, nColumns: number): Inserts {
  const person = db.prepare<[], string>('SELECT id FROM person').pluck().get()!;
  const keyId = db.prepare<[], string>('SELECT key_id FROM person_key').pluck().get()!;
  const insertModel = db.prepare(
    `INSERT INTO model (id, name, purpose, owner, created_at_utc, created_by, intended_use, risk_class, tags, revision)
     VALUES (?, ?, ?, ?, '2026-01-02T03:04:05.000Z', ?, 'By analysts', ?, ?, 1)`,
  );
  const insertSignature = db.prepare(
    `INSERT INTO signature VALUES (?, 'registry.version', ?, ?, ?, 'Ada Analyst', 'authorship', 'r',
       '2026-01-02T03:04:05.000Z', 0, ?, x'00', zeroblob(64))`,
  );
  const insertVersion = db.prepare(
    `INSERT INTO model_version (id, model_id, version, snapshot, snapshot_sha256, signature_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const insertTags = db.prepare('INSERT INTO version_tag VALUES (?, ?, 1)');
  const insertReference = db.prepare(
    `INSERT INTO reference_profile VALUES (?, ?, 'r.csv', ?, 1, 1, '[]', '2026-01-02T03:04:05.000Z')`,
  );
  const sha256 = 'a'.repeat(64);
  const template = snapshotTemplate(person, nColumns);
  return {
    model(i) {
      const id = randomUUID();
      const tags = JSON.stringify([`tag ${i % 40}`, i % 3 === 0 ? 'Straße' : 'weekly']);
      const purpose = `Estimate number ${i} for the people who decide about it every week`;
      insertModel.run(id, `Model ${i}`, purpose, OWNERS[i % 5], person, RISKS[i % 4], tags);
      return id;
    },
    version(modelId, modelName, version) {
      const [id, signature] = [randomUUID(), randomUUID()];
      const snapshot = { ...template, modelId, modelName, version } as VersionSnapshot; // the identifier is a UUID
      const described = {
        ...snapshot,
        description: `Trained in week ${version} with größe ${version % 7}`,
      };
      insertSignature.run(signature, id, sha256, person, keyId);
      insertVersion.run(id, modelId, version, canonicalJson(described), sha256, signature);
      if (version % 3 === 0) insertTags.run(id, JSON.stringify([`run ${version % 10}`]));
      if (version % 4 === 0) insertReference.run(randomUUID(), id, sha256);
    },
  };
}

function snapshotTemplate(person: string, nColumns: number): object {
  const numbers = (prefix: string, n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_none, i) => [`${prefix}_${i}`, 1 / (i + 3)]));
  return {
    hyperparameters: numbers('parameter', 15),
    metrics: numbers('metric', 8),
    trainingData: { fileName: 'training.parquet', sizeBytes: 1_000_000, sha256: 'b'.repeat(64) },
    schema: Array.from({ length: nColumns }, (_none, i) => ({
      name: `column_${i}`,
      type: 'DOUBLE',
      direction: 'input',
    })),
    registeredAtUtc: '2026-01-02T03:04:05.000Z',
    registeredBy: person,
  };
}

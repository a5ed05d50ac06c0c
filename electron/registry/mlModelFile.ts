import type { SchemaColumn } from '../../shared/registry/model';
import { mapAt, parseYaml, textAt, type YamlMap } from '../io/yamlText';

/** What an `MLmodel` file says about a model that was saved. */
export interface MlModel {
  readonly runId: string | null;
  readonly modelUuid: string | null;
  readonly artifactPath: string | null;
  /** Without a zone in the file; MLflow writes UTC. */
  readonly createdAtMs: number | null;
  /** Names of the ways to load it, e.g. `sklearn`. */
  readonly flavors: readonly string[];
  readonly mlflowVersion: string | null;
  readonly schema: readonly SchemaColumn[];
}

/** A large signature of thousands of columns takes some hundred kilobytes. */
export const MAX_ML_MODEL_BYTES = 2 * 2 ** 20;

/**
 * Reads an `MLmodel` file; nothing that it names is opened or loaded.
 *
 * @throws Error with one line that says what is wrong
 */
export function parseMlModel(text: string): MlModel {
  const tree = parseYaml(text);
  if (!(tree instanceof Map)) throw new Error('it is not an MLmodel file');
  const model: YamlMap = tree;
  const flavors = [...mapAt(model, 'flavors').keys()];
  if (flavors.length === 0) throw new Error('it names no flavors, so it is not an MLmodel file');
  const signature = mapAt(model, 'signature');
  const created = textAt(model, 'utc_time_created');
  return {
    runId: textAt(model, 'run_id'),
    modelUuid: textAt(model, 'model_uuid'),
    artifactPath: textAt(model, 'artifact_path'),
    createdAtMs: created === null ? null : utcMillis(created),
    flavors,
    mlflowVersion: textAt(model, 'mlflow_version'),
    schema: toColumns(textAt(signature, 'inputs'), textAt(signature, 'outputs')),
  };
}

/**
 * The columns of a signature.
 *
 * @param inputs @param outputs JSON text, as MLflow writes it inside YAML
 * @throws Error when it is no JSON
 */
export function toColumns(inputs: string | null, outputs: string | null): SchemaColumn[] {
  return [...columnsOf(inputs, 'input'), ...columnsOf(outputs, 'output')];
}

function columnsOf(json: string | null, direction: SchemaColumn['direction']): SchemaColumn[] {
  if (json === null) return [];
  let columns: unknown;
  try {
    columns = JSON.parse(json);
  } catch {
    throw new Error(`the ${direction}s of its signature are no JSON`);
  }
  if (!Array.isArray(columns)) return [];
  return columns.map((column: unknown, i) => {
    const fields = fieldsOf(column);
    const given = typeof fields['name'] === 'string' ? fields['name'] : '';
    // MLflow lets columns go without a name where their order says enough.
    const name = given === '' ? `${direction}${columns.length === 1 ? '' : ` ${i + 1}`}` : given;
    return {
      name: name.slice(0, 1024).toWellFormed(),
      type: typeName(fields).slice(0, 120).toWellFormed(),
      direction,
    };
  });
}

function typeName(column: Readonly<Record<string, unknown>>, depth = 0): string {
  const type =
    typeof column['type'] === 'string' && column['type'] !== '' ? column['type'] : 'unknown';
  if (depth > 4) return type;
  if (type === 'tensor') return tensorName(fieldsOf(column['tensor-spec']));
  if (type === 'array') return `array of ${typeName(fieldsOf(column['items']), depth + 1)}`;
  return column['required'] === false ? `${type}, optional` : type;
}

function tensorName({ dtype, shape }: Readonly<Record<string, unknown>>): string {
  const sizes = Array.isArray(shape)
    ? shape.map((size) => (typeof size === 'number' ? String(size) : '?'))
    : [];
  return `tensor of ${typeof dtype === 'string' ? dtype : 'unknown'} (${sizes.join(', ')})`;
}

/** The members of a JSON object; none where it is something else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : {}; // just looked at
}

function utcMillis(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(\.\d{1,3})?\d*(?:Z|\+00:00)?$/u.exec(
    text.trim(),
  );
  if (match === null) return null;
  const ms = Date.parse(`${match[1] ?? ''}T${match[2] ?? ''}${match[3] ?? ''}Z`);
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}

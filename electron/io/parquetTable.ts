import { badData } from './badData';
import { distinctColumnNames } from './columnNames';
import { openDuckSession, quoteName, type DuckSession } from './duckSession';
import { holdsOf, type DuckColumn } from './duckColumn';
import { createDuckReader } from './duckReader';
import type { ReadScope } from './fileHash';
import { MAX_COLUMNS } from './readLimits';

/** Opens a Parquet file; its columns are read from the file one by one, when they are asked for. */
export async function openParquet(path: string, scope: ReadScope) {
  const session = await openDuckSession(path, scope);
  try {
    const from = `read_parquet(${session.pathSql}, hive_partitioning = false)`;
    const found = await readTopLevelNames(session);
    if (found.length > MAX_COLUMNS) {
      throw badData(session.file, `it has more than ${MAX_COLUMNS} columns.`);
    }
    const { names, warnings } = distinctColumnNames(found);
    const [count] = await session.rows(`SELECT count(*) FROM ${from}`);
    const nRows = Number(count?.[0]);
    const columns: DuckColumn[] = (await session.describe(from)).map(({ name, type }, index) => ({
      name: names[index] ?? name,
      index,
      fileType: type.toString(),
      holds: holdsOf(type),
      sql: quoteName(name),
      type,
    }));
    return {
      session,
      nRows,
      columns,
      warnings,
      ...createDuckReader(session, from, columns, nRows),
    };
  } catch (error) {
    session.close();
    throw error;
  }
}

/** Names as they are in the file; the engine changes those that differ only in case. */
async function readTopLevelNames(session: DuckSession): Promise<readonly string[]> {
  const nodes = await session.rows(
    `SELECT name, coalesce(num_children, 0) FROM parquet_schema(${session.pathSql})`,
  );
  const names: string[] = [];
  let position = 1;
  const skipNode = (): void => {
    let nOpen = Number(nodes[position]?.[1] ?? 0);
    position += 1;
    for (; nOpen > 0 && position < nodes.length; nOpen--) {
      nOpen += Number(nodes[position]?.[1] ?? 0);
      position += 1;
    }
  };
  while (position < nodes.length) {
    names.push(String(nodes[position]?.[0]));
    skipNode();
  }
  return names;
}

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { OutputOf, RawInputOf } from '../../shared/ipc/channel';
import type { Contract } from '../../shared/ipc/contract';
import { tempFolder } from './tempFolder';
import type { TestCore } from './testCore';
import { okValue } from './testModel';

/** A folder that a pipeline writes to and a workspace watches. */
export interface WatchedFolder {
  readonly folder: string;
  /** Drops a table with its sidecar, as a pipeline does that names the size. */
  drop(path: string, name: string, sidecar: object): void;
  /** Writes a sidecar alone, as it is. */
  dropSidecar(name: string, sidecar: unknown): void;
  /** Names in the folder itself or in one of Assay's folders under it, sorted. */
  names(...below: readonly string[]): string[];
  /** What a reason or receipt says. */
  note(...below: readonly string[]): unknown;
}

export function createWatchedFolder(): WatchedFolder {
  const folder = join(tempFolder(), 'inbox');
  mkdirSync(folder);
  function dropSidecar(name: string, sidecar: unknown): void {
    const text = typeof sidecar === 'string' ? sidecar : JSON.stringify(sidecar);
    writeFileSync(join(folder, `${name}.assay.json`), text);
  }
  return {
    folder,
    dropSidecar,
    drop(path, name, sidecar) {
      copyFileSync(path, join(folder, name));
      dropSidecar(name, { assay: 1, sizeBytes: statSync(path).size, ...sidecar });
    },
    names(...below) {
      const path = join(folder, ...below);
      return existsSync(path) ? readdirSync(path).sort() : [];
    },
    note: (...below) => JSON.parse(readFileSync(join(folder, ...below), 'utf8')),
  };
}

/** Lets a workspace watch a folder. */
export async function watch(
  { call, token }: Pick<TestCore, 'call' | 'token'>,
  { folder }: WatchedFolder,
): Promise<void> {
  const set = okValue<'intake.setFolder'>(
    await call('intake.setFolder', {
      source: { token: token(folder) },
      reason: 'Where the pipeline writes',
      revision: 0,
    }),
  );
  const { revision } = set;
  okValue<'intake.setWatch'>(
    await call('intake.setWatch', { isOn: true, reason: 'Go live', revision }),
  );
}

type TakeInput = RawInputOf<Contract['intake.take']>;

export async function take(
  { call }: Pick<TestCore, 'call'>,
  signing: TakeInput['signing'] = null,
  versions: TakeInput['versions'] = null,
): Promise<OutputOf<Contract['intake.take']>> {
  return okValue<'intake.take'>(await call('intake.take', { signing, versions }));
}

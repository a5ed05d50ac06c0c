import { SIGNING } from '../support/testModel';
import { createWatchedFolder } from '../support/watchedFolder';
import type { MutatingActs } from './mutatingActs';

const reason = 'Where the pipeline writes';

/** One act per call that changes the watched folder, and the event it leaves. */
export const intakeActs: MutatingActs = {
  'intake.setFolder': {
    leaves: 'intake.folderSet',
    act: ({ call, token }) => {
      const { folder, dropSidecar } = createWatchedFolder();
      dropSidecar('v9', { assay: 1, kind: 'newVersion', model: 'Nobody' });
      return call('intake.setFolder', { source: { token: token(folder) }, reason, revision: 0 });
    },
  },
  'intake.setWatch': {
    leaves: 'intake.watchSet',
    act: ({ call }) => call('intake.setWatch', { isOn: true, reason, revision: 1 }),
  },
  'intake.take': {
    leaves: 'intake.fileFailed',
    act: ({ call }) => call('intake.take', { signing: SIGNING, versions: null }),
  },
};

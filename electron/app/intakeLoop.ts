import { isWatching } from '../intake/intakeService';
import type { Core } from './createContext';
import { dispatch } from './dispatch';

/** Looking is one listing of a folder. Network shares tell nobody what changed, so it looks everywhere alike. */
const LOOK_EVERY_MS = 2_000;

const MAY_TAKE = 'analyst';

/**
 * Looks through the watched folder again and again while a person who may import is signed in; what is
 * found is imported in their name. Does not count as a sign that they are there.
 */
export function startIntakeLoop(core: Core): void {
  let isBusy = false;
  async function look(): Promise<void> {
    const session = core.context.vault.session();
    if (isBusy || session === null || session.workspace.isReadOnly) return;
    if (!session.actor.roles.includes(MAY_TAKE) || !isWatching(session.db)) return;
    isBusy = true;
    const input = { signing: null, versions: null };
    await dispatch(core, 'intake.take', input).finally(() => (isBusy = false));
  }
  setInterval(() => void look(), LOOK_EVERY_MS).unref();
}

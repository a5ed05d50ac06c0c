import './bridge';

/** Tells core that the person is there, so that its own clock does not lock the workspace. */
export function noteActivity(): void {
  window.assay.send({ type: 'activity' });
}

import { FlowElementId } from '../../shared/dataflow/flowMap';

/** A name for something new on the map. */
export function newElementId(): FlowElementId {
  return FlowElementId.parse(crypto.randomUUID());
}

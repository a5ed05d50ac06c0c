import type { Migration } from '../migrate';
import { vault } from './0001-vault';
import { audit } from './0002-audit';
import { registry } from './0003-registry';
import { drift } from './0004-drift';
import { incident } from './0005-incident';
import { people } from './0006-people';
import { recordDigest } from './0007-record-digest';
import { timestamp } from './0008-timestamp';
import { lifecycle } from './0009-lifecycle';
import { card } from './0010-card';
import { alert } from './0011-alert';
import { performance } from './0012-performance';
import { canary } from './0013-canary';
import { incidentRecord } from './0014-incident-record';
import { artefactCopy } from './0015-artefact-copy';
import { cardPicture } from './0016-card-picture';
import { explanation } from './0017-explanation';
import { handoff } from './0018-handoff';
import { feature } from './0019-feature';
import { intake } from './0020-intake';
import { explanationRequest } from './0021-explanation-request';
import { feedback } from './0022-feedback';
import { dataflow } from './0023-dataflow';

/** Every migration in order; a new one goes to the end and a released one never changes. */
export const migrations: readonly Migration[] = [
  vault,
  audit,
  registry,
  drift,
  incident,
  people,
  recordDigest,
  timestamp,
  lifecycle,
  card,
  alert,
  performance,
  canary,
  incidentRecord,
  artefactCopy,
  cardPicture,
  explanation,
  handoff,
  feature,
  intake,
  explanationRequest,
  feedback,
  dataflow,
];

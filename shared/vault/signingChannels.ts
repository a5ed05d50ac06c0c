import { z } from 'zod';
import { SigningAct } from '../audit/signature';
import { StageId } from '../base/ids';
import { channel } from '../ipc/channel';
import { ROLES } from './person';
import {
  ShownSignature,
  SignableRef,
  SignableType,
  SignedRecord,
  SigningPreview,
  SigningState,
} from './signable';

const signing = {
  input: z.strictObject({ stageId: StageId, signing: SigningAct }),
  output: ShownSignature,
  session: 'unlocked',
  mutates: true,
  errors: ['NOT_FOUND', 'CONFLICT', 'INTEGRITY'],
} as const;

export const signingChannels = {
  /** What the next signature needs: name, confirmed clock, a confirmed key. */
  'vault.signingState': channel({
    /** What is to be signed; null: anything but one's own accountability. */
    input: z.strictObject({ recordType: SignableType.nullable().default(null) }),
    output: SigningState,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: [],
  }),
  /** The signatures under a record, and whether each is still of the record as it is. */
  'vault.listSignatures': channel({
    input: SignableRef,
    output: SignedRecord,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Renders a record for signing and holds it ready; what is shown is what gets signed. */
  'vault.previewSigning': channel({
    input: SignableRef,
    output: SigningPreview,
    allow: ROLES,
    session: 'unlocked',
    mutates: false,
    errors: ['NOT_FOUND'],
  }),
  /** Puts a person's signature under somebody else's record. CONFLICT: it changed since the preview. */
  'vault.signRecord': channel({ ...signing, allow: ['reviewer', 'manager'] }),
  /** A second person confirms that a new signing key is its owner's. */
  'vault.confirmKey': channel({ ...signing, allow: ROLES }),
  /** Signs one's own statement of accountability, once. */
  'vault.signAccountability': channel({ ...signing, allow: ROLES }),
} as const;

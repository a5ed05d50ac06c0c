import type { VerificationResult } from '../../shared/audit/auditPackage';
import type { ChainVerification } from '../../shared/audit/channels';
import { formatCount, formatNoun } from '../ui/formatNumber';
import type { State } from '../ui/theme';

export interface Finding {
  readonly state: State;
  readonly label: string;
  readonly sentence: string;
}

/** What a package's verification says, in a state, a word and a sentence. */
export function packageFinding(fileName: string, result: VerificationResult): Finding {
  const nPassed = result.steps.filter(({ status }) => status === 'passed').length;
  const checks = `${nPassed} of ${result.steps.length} checks passed`;
  const failed = result.steps.find(({ status }) => status === 'failed');
  if (!result.isValid) {
    return {
      state: 'alert',
      label: 'Not valid',
      sentence: `${fileName} does not verify: ${checks}${failed === undefined ? '' : `; the first that failed is “${failed.title}”`}. Do not rely on what it says.`,
    };
  }
  if (!result.isTrusted) {
    return {
      state: 'watch',
      label: 'Valid, signer not confirmed',
      sentence: `${fileName} is whole and unchanged (${checks}), but nothing shows yet whose keys signed it: compare their fingerprints with what the signers sent by another way.`,
    };
  }
  return {
    state: 'ok',
    label: 'Valid and trusted',
    sentence: `${fileName} is whole, unchanged and signed with the keys you named: ${checks}.`,
  };
}

/** What a sweep over the log found, in a state, a word and a sentence. */
export function chainFinding({
  isIntact,
  nEvents,
  broken,
  rootSha256,
}: ChainVerification): Finding {
  if (isIntact) {
    return {
      state: 'ok',
      label: `Verified ${formatNoun(nEvents, 'event')}`,
      sentence: `All ${formatNoun(nEvents, 'event')} are in order, linked and signed; the root of the log begins with ${rootSha256.slice(0, 12)}.`,
    };
  }
  const at = broken === null ? '' : ` at event ${formatCount(broken.seq)}`;
  return {
    state: 'alert',
    label: `Chain broken${at}`,
    sentence: `The chain is broken${at}${broken === null ? '' : `: ${broken.problem}`}. Keep a copy of the workspace folder as it is, and export nothing from it before the cause is known.`,
  };
}

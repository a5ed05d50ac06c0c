import type { AuditPackagePredicate } from '../../shared/audit/auditPackage';
import { PAYLOAD_TYPE } from '../../shared/audit/auditPackage';
import { comparePaths, TIMESTAMP_FOLDER } from './packageLayout';

/**
 * The README.txt of a package: what is in it, and the commands that check it with plain tools.
 *
 * Lines indented by four spaces are commands. They name no fingerprint: those come from the cover
 * letter, because a package cannot vouch for itself.
 *
 * @param paths files of the package; timestamps are explained only where there are any
 */
export function packageReadme(predicate: AuditPackagePredicate, paths: readonly string[]): string {
  const stamps = paths
    .filter((path) => path.startsWith(TIMESTAMP_FOLDER) && path.endsWith('.tsr'))
    .sort(comparePaths);
  const sections = [about(predicate), contents(), commands(predicate)];
  if (stamps.length > 0) sections.push(timestamps(stamps));
  return [...sections, limits()].join('\n');
}

/**
 * The cover letter: the fingerprints, to be handed over by another route than the package.
 *
 * @returns plain text with the exact command of the full check
 */
export function packageCoverLetter(predicate: AuditPackagePredicate): string {
  const { log, signers } = predicate;
  const trust = signers.map(({ name, keyid }) => ` \\\n        --trust ${name}=${keyid}`).join('');
  const people = signers.map((signer) => {
    return `  ${signer.printedName} (${signer.role}), ${signer.meaning}\n    ${signer.name}=${signer.keyid}\n`;
  });
  return `COVER LETTER for audit package ${predicate.packageSeq} of ${predicate.workspaceName}

Send this text by another route than the package, and compare a fingerprint with the
person it belongs to (by telephone or in print) before you rely on it.

Signed by:
${people.join('')}
Checkpoint of the audit log: ${log.size} events, root
    ${log.rootSha256Hex.match(/.{16}/g)!.join(' ')}

Check the package with a verify.py that did not come with it:

    python3 verify.py PACKAGE.zip${trust}
`;
}

function about({ scope, signers, ...predicate }: AuditPackagePredicate): string {
  const model = scope.modelName === null ? 'all models' : `${scope.modelName} (${scope.modelId})`;
  const people = signers.map(({ printedName, role, meaning, reason, signedAtUtc }) => {
    const because = reason.replace(/\s+/g, ' '); // lines of its own could pose as commands
    return `  ${printedName} (${role}), ${meaning}, ${signedAtUtc}\n  because: ${because}\n`;
  });
  return `AUDIT PACKAGE ${predicate.packageSeq} of ${predicate.workspaceName}

Model:   ${model}
Period:  ${scope.periodStart ?? 'the beginning'} to ${scope.periodEnd ?? 'the day of export'}
Made by: Assay ${predicate.appVersion}

Signed by:
${people.join('')}`;
}

function contents(): string {
  return `WHAT IS IN IT

  report.html            the report for people; open it in any browser
  data/                  the records behind it, as JSON and CSV
  data/lifecycle.json    stages, requests and aliases of the versions, and the gates
  data/canaries.json     plans, windows and verdicts of candidates on trial
  data/signatures.json   signatures under these records, with the bytes that were signed
  data/revoked-keys.json keys that were revoked when this package was made
  audit/log.jsonl        the audit events in scope, each signed by its actor
  audit/checkpoint.txt   signed state of the whole audit log
  audit/proofs.json      proof that each event is in that log
  keys/                  public keys (for convenience: see step 1)
  manifest-sha256.txt    digests of all of the above
  statement.json         what was signed: the manifest, by whom, with what meaning
  sig/                   one signature of the statement for each person
  envelope.dsse.json     statement and signatures in DSSE form
  verify.sh, verify.py   the checks below in one command
`;
}

function commands({ signers, log }: AuditPackagePredicate): string {
  const trust = signers.map(({ name }) => `${name}=FINGERPRINT`);
  const perSigner = signers.map(({ name }) => {
    const command = `openssl pkeyutl -verify -pubin -inkey keys/${name}.pem -rawin`;
    return `    ${command} -in "$t/signed" -sigfile sig/${name}.sig\n`;
  });
  const fingerprints = signers.map(({ name }) => {
    return `    openssl pkey -pubin -in keys/${name}.pem -outform DER | sha256sum\n`;
  });
  const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} %d `;
  return `HOW TO CHECK IT WITHOUT ASSAY (Linux; OpenSSL 3.0 or newer)

PACKAGE.zip stands for the file that you received, and FINGERPRINT for the 64 digits
beside the same name in the cover letter, which reached you by another route.

1. Unpack, and compare the fingerprint of each key with the cover letter:

    unzip -q PACKAGE.zip -d package && cd package
${fingerprints.join('')}
2. Every file has the digest of the manifest, and the manifest is the one in the statement:

    sha256sum --check --strict manifest-sha256.txt
    grep -c -F "\\"sha256\\":\\"$(sha256sum manifest-sha256.txt | cut -d' ' -f1)\\"},\\"name\\":\\"manifest-sha256.txt\\"" statement.json

3. Each person signed the statement:

    t=$(mktemp -d)
    { printf '${head}' "$(wc -c < statement.json)"; cat statement.json; } > "$t/signed"
${perSigner.join('')}
4. The log key signed the checkpoint (its size and root are in the statement too):

    head -n 3 audit/checkpoint.txt > "$t/checkpoint"
    sed -n 5p audit/checkpoint.txt | cut -d' ' -f3 | base64 -d | tail -c 64 > "$t/checkpoint.sig"
    openssl pkeyutl -verify -pubin -inkey keys/${log.keyName}.pem -rawin -in "$t/checkpoint" -sigfile "$t/checkpoint.sig"

5. Steps 1 to 3 in one command, which also finds files that do not belong:

    sh verify.sh . ${trust.join(' ')}

6. Everything, also each event, its actor's signature and its place in the log, with
   nothing but Python 3.8 or newer:

    python3 verify.py ../PACKAGE.zip ${trust.map((item) => `--trust ${item}`).join(' ')}

A later package brings a newer list of revoked keys. Hold it against this one by adding
"--revoked LATER/data/revoked-keys.json" to the command of step 6.

Take verify.py from the cover letter's route too: a forged package could bring its own.
`;
}

function timestamps(stamps: readonly string[]): string {
  const first = stamps[0]!.slice(0, -'.tsr'.length);
  return `TIMESTAMPS OF THE AUDIT LOG (RFC 3161)

${TIMESTAMP_FOLDER} holds ${stamps.length === 1 ? 'one response' : `${stamps.length} responses`} of timestamping authorities, each beside the checkpoint whose
bytes it stamps. The second line of a checkpoint is the number of events that it covers: they
existed at the time that the authority states.

CA.pem stands for the CA certificate of the authority, which you take from the authority and
not from here. Whether to trust it is your decision: Assay checked imprint, nonce, signature
and the purpose of the signer's certificate when the response came in, and not who issued it.

    openssl ts -verify -data ${first}.checkpoint.txt -in ${first}.tsr -CAfile CA.pem
    openssl ts -reply -in ${first}.tsr -text

The first command must say "Verification: OK"; the second prints time and authority. Where
the authority has certificates in between, add them with -untrusted CHAIN.pem.
`;
}

function limits(): string {
  return `WHAT THIS PROVES, AND WHAT IT DOES NOT

It proves that these people signed exactly these files, that each event was signed by its
actor and never changed since, and that it is part of the one log with this checkpoint.
It does not prove that a clock was right, that other events (outside the scope) exist or
do not, or who holds a key: that is what the fingerprints of the cover letter are for.
`;
}

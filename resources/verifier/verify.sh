#!/bin/sh
# usage: sh verify.sh FOLDER NAME=FINGERPRINT ...   (the fingerprints of the cover letter, never the package's own)
# Checks files, digests, signatories and envelope with sh, coreutils and OpenSSL 3; verify.py also checks the audit log.
set -eu; LC_ALL=C; export LC_ALL; cd "$1"; shift; t=$(mktemp -d); trap 'rm -rf "$t"' EXIT; T=application/vnd.in-toto+json
fail() { echo "FAILED: $*"; exit 1; }
[ -z "$(find . ! -type d ! -type f)" ] || fail 'a link or special file'
{ printf 'DSSEv1 %d %s %d ' ${#T} $T "$(wc -c < statement.json)"; cat statement.json; } > "$t/pae"
{ cut -c67- manifest-sha256.txt; printf '%s\n' manifest-sha256.txt statement.json envelope.dsse.json; } > "$t/want"
grep -o '"keyid":"[0-9a-f]*"' statement.json | cut -d'"' -f4 > "$t/signers" || fail 'no signatory'
[ "$(sort -u "$t/signers" | wc -l)" -eq $# ] || fail 'number of signatories'
E=; while read -r fp; do n=; for s in "$@"; do if [ "${s#*=}" = "$fp" ]; then n=${s%%=*}; fi; done
  [ -n "$n" ] || fail "signatory $fp is not in the letter"; echo "sig/$n.sig" >> "$t/want"
  [ "$(openssl pkey -pubin -in "keys/$n.pem" -outform DER | sha256sum | cut -d' ' -f1)" = "$fp" ] || fail "key of $n is not the known one"
  openssl pkeyutl -verify -pubin -inkey "keys/$n.pem" -rawin -in "$t/pae" -sigfile "sig/$n.sig" > /dev/null || fail "signature of $n"
  E="$E${E:+,}{\"keyid\":\"$fp\",\"sig\":\"$(base64 -w0 "sig/$n.sig")\"}"
done < "$t/signers"
h=$(sha256sum manifest-sha256.txt | cut -d' ' -f1)
grep -qF "\"subject\":[{\"digest\":{\"sha256\":\"$h\"},\"name\":\"manifest-sha256.txt\"}]" statement.json || fail 'manifest is not the signed one'
sha256sum --check --strict --quiet manifest-sha256.txt || fail 'a digest differs'
printf '{"payload":"%s","payloadType":"%s","signatures":[%s]}' "$(base64 -w0 statement.json)" $T "$E" | cmp -s - envelope.dsse.json || fail 'envelope'
find . ! -type d | sed 's#^\./##' | sort > "$t/have"; sort "$t/want" | cmp -s - "$t/have" || fail 'a file is missing or was added'
echo "OK: $(wc -l < manifest-sha256.txt) files, $# signatures"

#!/usr/bin/env python3
"""Checks an audit package (ZIP file or unpacked folder) in eleven steps.

    python3 verify.py PACKAGE [--trust NAME=FINGERPRINT ...] [--json]

Needs Python 3.8 or newer and nothing else. The fingerprints come from the cover letter, never from
the package. Exit code: 0 valid, 1 not valid, 2 could not be read or wrong usage.
"""
import argparse
import base64
import hashlib
import json
import os
import re
import stat
import struct
import sys
import zlib
from decimal import Decimal

STEPS = {
    "zipForm": "The ZIP file is in its one canonical form",
    "fileList": "The files are exactly those of the manifest",
    "manifestDigests": "Every file has the digest of the manifest",
    "statement": "The statement is bound to this manifest",
    "envelope": "The envelope holds the same statement and signatures",
    "signatures": "Every signatory signed this statement",
    "trustedKeys": "The signing keys are the known ones",
    "checkpoint": "The checkpoint of the log is signed and is the stated one",
    "eventSignatures": "Every audit event is signed by its actor",
    "inclusion": "Every audit event is in the log of the checkpoint",
    "order": "The audit events are in order and linked",
}
PAYLOAD_TYPE = "application/vnd.in-toto+json"
MANIFEST = "manifest-sha256.txt"
OUTSIDE_MANIFEST = (MANIFEST, "statement.json", "envelope.dsse.json")
REQUIRED = ("audit/checkpoint.txt", "audit/log.jsonl", "audit/proofs.json", "report.html",
            "README.txt", "verify.py", "verify.sh", "statement.json", "envelope.dsse.json")
MAX_BYTES, MAX_FILES, MAX_DEPTH, MAX_INT = 2 ** 30, 20000, 64, 2 ** 53 - 1


class Refused(Exception):
    """The package fails a step."""


class Skipped(Exception):
    """A step has nothing to check."""


def demand(condition, message):
    if not condition:
        raise Refused(message)


# --- Ed25519 verification (RFC 8032, without cofactor, as OpenSSL does it) -----------------------
P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)
IDENTITY = (0, 1, 1, 0)


def point_add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_decode(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * SQRT_MINUS_1 % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def point_encode(p):
    inverse = pow(p[2], -1, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def multiples(p):
    """Row i holds 0 to 15 times 16^i * p, so that a product is at most 64 additions."""
    table = []
    for _ in range(64):
        row = [IDENTITY]
        for _ in range(15):
            row.append(point_add(row[-1], p))
        table.append(row)
        p = point_add(row[-1], p)
    return table


TABLES = {}


def table_of(point_bytes, negate):
    if point_bytes not in TABLES:
        p = point_decode(point_bytes)
        if p is not None and negate:
            p = (-p[0] % P, p[1], p[2], -p[3] % P)
        TABLES[point_bytes] = p and multiples(p)
    return TABLES[point_bytes]


BASE_BYTES = bytes([0x58]) + bytes([0x66]) * 31


def ed25519_verify(public_key, message, signature):
    if len(signature) != 64:
        return False
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    table = table_of(public_key, True)
    if s >= L or table is None:
        return False
    h = int.from_bytes(hashlib.sha512(r + public_key + message).digest(), "little") % L
    total = IDENTITY
    for scalar, rows in ((s, table_of(BASE_BYTES, False)), (h, table)):
        for row in rows:
            if scalar & 15:
                total = point_add(total, row[scalar & 15])
            scalar >>= 4
    return point_encode(total) == r


# --- canonical JSON (RFC 8785) --------------------------------------------------------------------
def canonical_number(value):
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    demand(isinstance(exponent, int), "not a JSON number")
    text = "".join(map(str, digits))
    short = text.rstrip("0")
    point = len(text) + exponent
    if len(short) <= point <= 21:
        body = short + "0" * (point - len(short))
    elif 0 < point <= 21:
        body = short[:point] + "." + short[point:]
    elif -6 < point <= 0:
        body = "0." + "0" * -point + short
    else:
        power = "e%+d" % (point - 1)
        body = short[0] + ("." + short[1:] if len(short) > 1 else "") + power
    return ("-" if sign else "") + body


def canonical(value, depth=0):
    demand(depth < MAX_DEPTH or not isinstance(value, (dict, list)), "JSON is nested too deep")
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return canonical_number(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(item, depth + 1) for item in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    members = (canonical(key) + ":" + canonical(value[key], depth + 1) for key in keys)
    return "{" + ",".join(members) + "}"


def no_constant(_):
    raise ValueError("not JSON")


def parse_canonical(data):
    """Numbers become floats, as in JavaScript, so that both verifiers judge the same value."""
    text = data.decode("utf-8")
    value = json.loads(text, parse_int=float, parse_constant=no_constant)
    demand(canonical(value) == text, "The JSON is not in canonical form.")
    return value


# --- shapes of the JSON files ---------------------------------------------------------------------
def text(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def integer(low, high=MAX_INT):
    return lambda v: isinstance(v, float) and v.is_integer() and low <= v <= high


def optional(check):
    return lambda value: value is None or check(value)


def list_of(check, least=0):
    return lambda v: isinstance(v, list) and len(v) >= least and all(map(check, v))


def members(exact=False, **checks):
    def check(value):
        if not isinstance(value, dict) or (exact and set(value) != set(checks)):
            return False
        return all(name in value and test(value[name]) for name, test in checks.items())
    return check


SHA256 = text("[0-9a-f]{64}")
PLAIN = text("[^\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]+")
REASON = text("[^\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]+")
DAY = text("[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = text("[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}(\\.[0-9]{1,9})?Z")
KEY_NAME = text("[a-z0-9][a-z0-9-]{0,63}")
SEGMENT = "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?"
PATH = re.compile("(?:%s/)*%s" % (SEGMENT, SEGMENT))
RESERVED = re.compile("(?:^|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$)", re.IGNORECASE)
STATEMENT = members(
    exact=True,
    _type=text(re.escape("https://in-toto.io/Statement/v1")),
    predicateType=text(re.escape("tag:assay,2026:audit-package/v1")),
    subject=lambda v: isinstance(v, list) and len(v) == 1 and members(
        exact=True, name=text(re.escape(MANIFEST)), digest=members(exact=True, sha256=SHA256))(v[0]),
    predicate=members(
        appVersion=PLAIN, packageSeq=integer(1), workspaceId=PLAIN, workspaceName=PLAIN,
        log=members(keyName=KEY_NAME, keySha256Hex=SHA256, origin=PLAIN, rootSha256Hex=SHA256,
                    size=integer(0)),
        scope=members(modelId=optional(PLAIN), modelName=optional(PLAIN),
                      periodStart=optional(DAY), periodEnd=optional(DAY)),
        signers=list_of(members(
            keyid=SHA256, name=KEY_NAME, printedName=PLAIN, role=PLAIN, reason=REASON,
            meaning=text("authorship|review|approval|responsibility|rejection"),
            signedAtUtc=INSTANT, utcOffsetMinutes=integer(-1440, 1440)), 1)))
REVOKED = "data/revoked-keys.json"
REVOKED_KEY = members(
    exact=True, keySha256Hex=SHA256, printedName=PLAIN, purpose=text("sign|log"),
    reason=text("reset|recovered|deactivated|replaced"), revokedAtUtc=INSTANT)
LOG_LINE = members(exact=True, body=PLAIN, keyId=SHA256, seq=integer(1), sig=PLAIN)
EVENT_LINK = members(keyId=SHA256, prev=SHA256, seq=integer(1))
PROOFS = members(
    exact=True, consistency=lambda v: v is None, rootSha256Hex=SHA256, size=integer(0),
    inclusion=list_of(members(exact=True, hashes=list_of(SHA256), seq=integer(1))))


# --- reading: the ZIP in its canonical form, or a folder ------------------------------------------
def read_zip(data):
    """Makes each header anew from the content and compares; nothing can hide in between."""
    demand(len(data) <= MAX_BYTES, "The ZIP file is too large.")
    demand(len(data) >= 22 and data[-22:-18] == b"PK\5\6", "It does not end as a plain ZIP file.")
    count = struct.unpack_from("<H", data, len(data) - 12)[0]
    demand(count <= MAX_FILES, "The ZIP file has too many files.")
    files, directory, offset = {}, b"", 0
    for nth in range(1, count + 1):
        demand(offset + 30 <= len(data), "File %d is cut off." % nth)
        size, name_size = struct.unpack_from("<IH", data, offset + 22)
        start = offset + 30 + name_size
        demand(start + size <= len(data), "File %d is cut off." % nth)
        name, content = data[offset + 30:start], data[start:start + size]
        fields = struct.pack("<HHHHHIIIHH", 20, 0x0800, 0, 0, 0x0021, zlib.crc32(content),
                             size, size, name_size, 0)
        demand(data[offset:start] == b"PK\3\4" + fields + name,
               "The header of file %d is not in canonical form, or its checksum is wrong." % nth)
        path = name.decode("utf-8")
        parts = path.split("/")
        demand(not re.search("[\\\\:\\x00-\\x1f\\x7f-\\x9f]", path)
               and not {"", ".", ".."} & set(parts), "The path of file %d is not safe." % nth)
        demand(path not in files, "A file is in the ZIP file twice.")
        files[path] = content
        directory += b"PK\1\2\x14\0" + fields + bytes(10) + struct.pack("<I", offset) + name
        offset = start + size
    end = struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, count, count, len(directory), offset, 0)
    demand(data[offset:] == directory + end, "The directory of the ZIP file is not canonical.")
    demand(list(files) == sorted(files), "The files are not in byte order of their paths.")
    return files


def read_folder(folder):
    files, total = {}, 0
    for parent, folders, names in os.walk(folder):
        for name in folders + names:
            full = os.path.join(parent, name)
            path = os.path.relpath(full, folder).replace(os.sep, "/")
            mode = os.lstat(full).st_mode
            demand(stat.S_ISREG(mode) or stat.S_ISDIR(mode), "%s is a link." % ascii(path))
            if stat.S_ISREG(mode):
                total += os.path.getsize(full)
                demand(total <= MAX_BYTES and len(files) < MAX_FILES, "The folder is too large.")
                with open(full, "rb") as file:
                    files[path] = file.read()
    return files


# --- the steps ------------------------------------------------------------------------------------
def sha256(data):
    return hashlib.sha256(data).hexdigest()


def outside_manifest(path):
    return path in OUTSIDE_MANIFEST or path.startswith("sig/")


def unbase64(value):
    data = base64.b64decode(value, validate=True)
    demand(base64.b64encode(data).decode() == value, "not standard base64")
    return data


def text_lines(data):
    rows = data.decode("utf-8").split("\n")
    demand(rows.pop() == "", "The last line of a file does not end.")
    return rows


def read_revoked(content):
    """A revocation list: canonical JSON and a line end."""
    demand(content[-1:] == b"\n", "%s is not a revocation list." % REVOKED)
    rows = parse_canonical(content[:-1])
    demand(list_of(REVOKED_KEY)(rows), "%s is not a revocation list." % REVOKED)
    return rows


class Verification:
    def __init__(self, data, files, trusted, revoked):
        self.data, self.trusted, self.revoked = data, trusted, revoked
        self.found = {} if files is None else {"files": files}

    def get(self, part):
        if part not in self.found:
            raise Skipped("Not checked, because the %s could not be read." % part)
        return self.found[part]

    def file(self, path):
        files = self.get("files")
        demand(path in files, "%s is missing." % path)
        return files[path]

    def key(self, name):
        """The raw key and the fingerprint of keys/NAME.pem, in the one PEM form."""
        match = re.fullmatch(b"-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/]{59}=)\n"
                             b"-----END PUBLIC KEY-----\n", self.file("keys/%s.pem" % name))
        demand(match, "keys/%s.pem is not an Ed25519 public key." % name)
        der = unbase64(match.group(1).decode())
        demand(der[:12] == bytes.fromhex("302a300506032b6570032100"),
               "keys/%s.pem is not an Ed25519 public key." % name)
        return der[12:], sha256(der)

    def revoked_keys(self):
        """When each revoked key ended: by the package's own list, and by a newer one if given."""
        content = self.get("files").get(REVOKED)
        own = [] if content is None else read_revoked(content)
        return {row["keySha256Hex"]: row["revokedAtUtc"] for row in list(self.revoked) + own}

    def zipForm(self):
        if self.data is None:
            self.get("files")
            raise Skipped("This is a folder; only the ZIP file has this form.")
        self.found["files"] = read_zip(self.data)
        return "%d files, %d bytes, nothing around or between them" % (
            len(self.found["files"]), len(self.data))

    def fileList(self):
        files = self.get("files")
        manifest, last = {}, ""
        for row in text_lines(self.file(MANIFEST)):
            digest, path = row[:64], row[66:]
            demand(SHA256(digest) and row[64:66] == "  " and safe_path(path) and last < path,
                   "The manifest is malformed or out of order.")
            manifest[path] = digest
            last = path
        self.found["manifest"] = manifest
        for path in files:
            demand(safe_path(path), "The path of a file is not safe: %s" % ascii(path))
        folded = {path.lower() for path in files}
        demand(len(folded) == len(files), "Two paths differ only in upper and lower case.")
        for path in folded:
            parts = path.split("/")
            for i in range(1, len(parts)):
                demand("/".join(parts[:i]) not in folded, "%s is below another file." % path)
        demand(not any(map(outside_manifest, manifest)), "The manifest lists a file made from it.")
        for path in REQUIRED + tuple(manifest):
            demand(path in files, "%s is missing." % path)
        for path in files:
            demand(outside_manifest(path) or path in manifest, "%s is not in the manifest." % path)
        return "%d files in the manifest, none missing, none added" % len(manifest)

    def manifestDigests(self):
        files, manifest = self.get("files"), self.get("manifest")
        for path, digest in manifest.items():
            demand(path not in files or sha256(files[path]) == digest,
                   "%s has another digest." % path)
        return "%d SHA-256 digests are equal" % len(manifest)

    def statement(self):
        value = parse_canonical(self.file("statement.json"))
        demand(STATEMENT(value), "statement.json is not the statement of an audit package.")
        self.found["statement"] = value
        signers = value["predicate"]["signers"]
        for field in ("keyid", "name"):
            demand(len({signer[field] for signer in signers}) == len(signers),
                   "The statement names one signatory twice.")
        digest = sha256(self.file(MANIFEST))
        demand(value["subject"][0]["digest"]["sha256"] == digest,
               "The statement was made for another manifest.")
        return "its subject is the manifest %s..." % digest[:12]

    def envelope(self):
        signatures = [{"keyid": signer["keyid"],
                       "sig": base64.b64encode(self.file("sig/%s.sig" % signer["name"])).decode()}
                      for signer in self.signers()]
        made = canonical({"payload": base64.b64encode(self.file("statement.json")).decode(),
                          "payloadType": PAYLOAD_TYPE, "signatures": signatures})
        demand(made.encode() == self.file("envelope.dsse.json"),
               "The envelope differs from the statement and the signatures beside it.")
        return "equal byte for byte"

    def signatures(self):
        signers = self.signers()
        body = self.file("statement.json")
        pae = b"DSSEv1 %d %s %d " % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(body)) + body
        revoked = self.revoked_keys()
        for signer in signers:
            end = revoked.get(signer["keyid"])
            demand(end is None or end > signer["signedAtUtc"],
                   "The key of %s was revoked on %s, before it signed." % (
                       signer["printedName"], end))
            raw, fingerprint = self.key(signer["name"])
            demand(fingerprint == signer["keyid"],
                   "keys/%s.pem is not the key that the statement names." % signer["name"])
            demand(ed25519_verify(raw, pae, self.file("sig/%s.sig" % signer["name"])),
                   "The signature of %s is not valid." % signer["printedName"])
        expected = {"sig/%s.sig" % signer["name"] for signer in signers}
        for path in self.get("files"):
            demand(not path.startswith("sig/") or path in expected,
                   "%s belongs to nobody whom the statement names." % path)
        return "; ".join("%(printedName)s (%(role)s), %(meaning)s, %(signedAtUtc)s" % signer
                         for signer in signers)

    def trustedKeys(self):
        signers = self.signers()
        if not self.trusted:
            raise Skipped("Compare these fingerprints with the cover letter: " + ", ".join(
                "%(name)s=%(keyid)s" % signer for signer in signers))
        for name, fingerprint in self.trusted.items():
            demand(self.key(name)[1] == fingerprint.lower(),
                   "The key of %s is not the one with the given fingerprint." % name)
        for signer in signers:
            demand(signer["name"] in self.trusted,
                   "No fingerprint was given for %s." % signer["name"])
        return "%d fingerprints are equal to the given ones" % len(self.trusted)

    def checkpoint(self):
        log = self.get("statement")["predicate"]["log"]
        note = self.file("audit/checkpoint.txt").decode("utf-8")
        raw, fingerprint = self.key(log["keyName"])
        demand(fingerprint == log["keySha256Hex"], "The log key is not the one of the statement.")
        match = re.fullmatch("(([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n)\n"
                             "((?:\u2014 [!-*,-~]+ [A-Za-z0-9+/]{91}=\n)+)", note)
        demand(match and PLAIN(match.group(2)), "The checkpoint is not a signed note.")
        body, origin, size, root, lines = match.groups()
        signatures = []
        for line in lines.split("\n")[:-1]:
            _, name, encoded = line.split(" ")
            signatures.append((name, unbase64(encoded)))
        name, first = signatures[0]
        key_hash = hashlib.sha256(origin.encode() + b"\n\1" + raw).digest()[:4]
        demand(name == origin and first[:4] == key_hash
               and ed25519_verify(raw, body.encode(), first[4:]),
               "The signature of the log on the checkpoint is not valid.")
        root = unbase64(root).hex()
        demand((origin, int(size), root) == (log["origin"], log["size"], log["rootSha256Hex"]),
               "The checkpoint shows another state of the log than the statement.")
        return "%s events, root %s..." % (size, root[:12])

    def eventSignatures(self):
        events = []
        for nth, row in enumerate(text_lines(self.file("audit/log.jsonl")), 1):
            events.append(read_event(row, "Line %d of audit/log.jsonl is not an audit event." % nth))
        self.found["events"] = events
        keys = {}
        for path in self.get("files"):
            if re.fullmatch("keys/[^/]+\\.pem", path):
                raw, fingerprint = self.key(path[5:-4])
                keys[fingerprint] = raw
        for event in events:
            demand(event["keyId"] in keys,
                   "The key of the actor of event %d is not in the package." % event["seq"])
            demand(ed25519_verify(keys[event["keyId"]], event["body"], event["sig"]),
                   "The signature of event %d is not valid." % event["seq"])
        return "%d signatures by %d actors" % (len(events), len({e["keyId"] for e in events}))

    def inclusion(self):
        events, log = self.get("events"), self.get("statement")["predicate"]["log"]
        proofs = parse_canonical(self.file("audit/proofs.json"))
        demand(PROOFS(proofs), "audit/proofs.json is not in the expected form.")
        demand((proofs["size"], proofs["rootSha256Hex"]) == (log["size"], log["rootSha256Hex"]),
               "The proofs are for another state of the log than the statement.")
        demand(len(proofs["inclusion"]) == len(events), "There is not one proof for each event.")
        root = bytes.fromhex(log["rootSha256Hex"])
        for event, proof in zip(events, proofs["inclusion"]):
            hashes = [bytes.fromhex(item) for item in proof["hashes"]]
            demand(proof["seq"] == event["seq"] and is_included(
                event["seq"] - 1, int(log["size"]), event["leaf"], hashes, root),
                "Event %d is not in the log." % event["seq"])
        return "%d events are in the log of %d" % (len(events), log["size"])

    def order(self):
        links, before = 0, None
        events = self.get("events")
        for event in events:
            seq = event["seq"]
            demand(before is None or seq > before["seq"], "Event %d is out of order." % seq)
            is_neighbour = before is not None and before["seq"] == seq - 1
            if seq == 1 or is_neighbour:
                expected = before["leaf"].hex() if is_neighbour else "0" * 64
                demand(event["prev"] == expected, "Event %d is not linked to the one before." % seq)
                links += 1
            before = event
        return "%d events in order, %d links to a neighbour checked" % (len(events), links)

    def signers(self):
        return self.get("statement")["predicate"]["signers"]


def safe_path(path):
    return bool(PATH.fullmatch(path)) and len(path) <= 240 and not RESERVED.search(path)


def read_event(row, message):
    try:
        line = parse_canonical(row.encode())
        demand(LOG_LINE(line), message)
        body = unbase64(line["body"])
        link = parse_canonical(body)
        demand(EVENT_LINK(link), message)
        demand((link["seq"], link["keyId"]) == (line["seq"], line["keyId"]), message)
        return {"seq": int(line["seq"]), "keyId": line["keyId"], "body": body,
                "sig": unbase64(line["sig"]), "prev": link["prev"],
                "leaf": hashlib.sha256(b"\0" + body).digest()}
    except (ValueError, RecursionError, OverflowError):
        raise Refused(message)


def is_included(index, size, leaf, hashes, root):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        return False
    node, last, value = index, size - 1, leaf
    for sibling in hashes:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = hashlib.sha256(b"\1" + sibling + value).digest()
            while not node & 1 and node != 0:
                node, last = node >> 1, last >> 1
        else:
            value = hashlib.sha256(b"\1" + value + sibling).digest()
        node, last = node >> 1, last >> 1
    return last == 0 and value == root


def verify(data, files=None, trusted=None, revoked=()):
    """Runs every step on the bytes of a ZIP, or on the files of a folder (data is None)."""
    run = Verification(data, files, trusted or {}, revoked)
    steps = []
    for name, title in STEPS.items():
        try:
            status, detail = "passed", getattr(run, name)()
        except Skipped as skipped:
            status, detail = "skipped", str(skipped)
        except Refused as refused:
            status, detail = "failed", str(refused)
        except (ValueError, RecursionError, OverflowError, LookupError, TypeError):
            status, detail = "failed", "It is not in the expected form."
        steps.append({"id": name, "title": title, "status": status, "detail": detail})
    return steps


def is_valid(steps, is_folder=False):
    may_skip = {"trustedKeys"} | ({"zipForm"} if is_folder else set())
    return all(step["status"] == "passed"
               or (step["status"] == "skipped" and step["id"] in may_skip) for step in steps)


def trust_pair(argument):
    name, _, fingerprint = argument.partition("=")
    if not KEY_NAME(name) or not SHA256(fingerprint.lower()):
        raise argparse.ArgumentTypeError("expected NAME=64 hex digits")
    return name, fingerprint.lower()


def main(arguments):
    parser = argparse.ArgumentParser(description="Checks an audit package.")
    parser.add_argument("package", help="the ZIP file, or the folder it was unpacked to")
    parser.add_argument("--trust", metavar="NAME=FINGERPRINT", action="append", default=[],
                        type=trust_pair, help="a key and its fingerprint from the cover letter")
    parser.add_argument("--revoked", metavar="FILE",
                        help="a newer revocation list: %s of a later package" % REVOKED)
    parser.add_argument("--json", action="store_true", help="print the steps as JSON")
    options = parser.parse_args(arguments)
    trusted = dict(options.trust)
    is_folder = os.path.isdir(options.package)
    try:
        revoked = revoked_from(options.revoked)
    except (OSError, ValueError, Refused) as error:
        print("%s is not a revocation list: %s" % (options.revoked, error), file=sys.stderr)
        return 2
    try:
        if is_folder:
            steps = verify_folder(options.package, trusted, revoked)
        elif os.path.getsize(options.package) > MAX_BYTES:
            raise OSError("larger than %d bytes" % MAX_BYTES)
        else:
            with open(options.package, "rb") as file:
                steps = verify(file.read(), trusted=trusted, revoked=revoked)
    except OSError as error:
        print("%s could not be read: %s" % (options.package, error), file=sys.stderr)
        return 2
    valid = is_valid(steps, is_folder)
    if options.json:
        print(json.dumps({"isValid": valid, "steps": steps}, indent=2))
    else:
        for number, step in enumerate(steps, 1):
            print("%2d %-7s %s: %s" % (number, step["status"], step["title"],
                                       printable(step["detail"])))
        print(verdict(valid, bool(trusted)))
    return 0 if valid else 1


def revoked_from(path):
    if path is None:
        return ()
    with open(path, "rb") as file:
        return read_revoked(file.read(MAX_BYTES))


def verify_folder(folder, trusted, revoked):
    try:
        return verify(None, read_folder(folder), trusted, revoked)
    except Refused as refused:
        steps = verify(None, None, trusted, revoked)
        steps[0].update(status="failed", detail=str(refused))
        return steps


def printable(message):
    """Text of a package must not be able to steer the terminal."""
    encoding = sys.stdout.encoding or "ascii"
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in message)
    return plain.encode(encoding, "backslashreplace").decode(encoding)


def verdict(valid, is_trusted):
    if not valid:
        return "NOT VALID"
    if is_trusted:
        return "VALID, signed by the known keys"
    return "VALID, but no key was compared: use --trust with the fingerprints of the cover letter"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

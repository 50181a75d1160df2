#!/usr/bin/env python3
"""Verifies a Waymark repository with nothing but the standard library and `cryptography`.

    verify.py TREE --root 1.root.json     a tree on disk (metadata/ and targets/), and the root you trust
    verify.py --vectors FOLDER            the test vectors of the client profile

It follows packages/reader/client-profile.md line by line; read them side by side. Exit code 0: verified.
"""
import argparse
import hashlib
import json
import pathlib
import re
import sys
from datetime import datetime, timezone

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit("The Python package `cryptography` is missing: pip install cryptography, or apt install python3-cryptography")

ROLES = ("root", "targets", "snapshot", "timestamp")
MOST = {"root": 512_000, "timestamp": 16_384, "snapshot": 2_000_000, "targets": 5_000_000}


class Refused(Exception):
    """What is refused, and why. What was there before stays."""


def require(condition, why):
    if not condition:
        raise Refused(why)


def canonical(value):
    """OLPC canonical JSON: sorted keys, no spaces, only the quote and the backslash escaped; whole numbers alone."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        require(abs(value) < 2**53, "a number that is not exact everywhere")
        return str(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    require(isinstance(value, dict), "a value that has no canonical form")
    require(all(re.fullmatch(r"[\x20-\x7e]+", key) for key in value), "a key outside ASCII")
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in sorted(value)) + "}"


def parse(data, role):
    """The document of a role. Signatures are not checked here."""
    try:
        document = json.loads(data.decode("utf-8"))
    except ValueError as error:
        raise Refused(f"{role}: no JSON") from error
    require(isinstance(document, dict) and isinstance(document.get("signed"), dict), f"{role}: nothing signed")
    signed, signatures = document["signed"], document.get("signatures")
    require(signed.get("_type") == role, f"{role}: says it is {signed.get('_type')}")
    require(str(signed.get("spec_version", "")).startswith("1."), f"{role}: another specification")
    require(type(signed.get("version")) is int and signed["version"] > 0, f"{role}: no version")
    require(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(signed.get("expires"))), f"{role}: no date")
    require(isinstance(signatures, list), f"{role}: no list of signatures")
    require(all(isinstance(item, dict) and "keyid" in item and "sig" in item for item in signatures), f"{role}: bad signatures")
    ids = [item["keyid"] for item in signatures]
    require(len(ids) == len(set(ids)), f"{role}: one key signs twice")
    return document


def check_root(root):
    signed = root["signed"]
    require(signed.get("consistent_snapshot") is True, "root: no consistent snapshots")
    publics = [key["keyval"]["public"] for key in signed["keys"].values() if key["keytype"] == "ed25519"]
    require(len(publics) == len(set(publics)), "root: one public key under two ids")
    for name in ROLES:
        role = signed["roles"].get(name)
        require(role is not None, f"root: no role {name}")
        require(len(role["keyids"]) == len(set(role["keyids"])), f"root: a key twice in {name}")
        require(type(role["threshold"]) is int and role["threshold"] >= 1, f"root: no threshold for {name}")


def require_signed(document, role, root):
    """Enough keys of the role signed, each counted once."""
    keys, wanted = root["signed"]["keys"], root["signed"]["roles"][role]
    data = canonical(document["signed"]).encode("utf-8")
    good = set()
    for item in document["signatures"]:
        key = keys.get(item["keyid"]) if item["keyid"] in wanted["keyids"] else None
        if key is None or key["keytype"] != "ed25519" or key["scheme"] != "ed25519":
            continue
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key["keyval"]["public"])).verify(bytes.fromhex(item["sig"]), data)
            good.add(item["keyid"])
        except (InvalidSignature, ValueError):
            pass
    require(len(good) >= wanted["threshold"], f"{role}: {len(good)} of {wanted['threshold']} signatures")


def require_fresh(document, now):
    expires = datetime.strptime(document["signed"]["expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    require(now < expires, f"{document['signed']['_type']}: expired")


def require_named(data, meta, name):
    """The bytes are those that were named."""
    require(data is not None, f"{name}: missing")
    require("length" not in meta or len(data) == meta["length"], f"{name}: another length")
    require("hashes" not in meta or hashlib.sha256(data).hexdigest() == meta["hashes"]["sha256"], f"{name}: another hash")


def refresh(serve, remembered, now):
    """The five steps. `serve(path, most)` gives bytes or None; `remembered` holds bytes of root, and of the rest after a first time."""
    # 1 root: each one introduces the next.
    old_root = root = parse(remembered["root"], "root")
    while True:
        version = root["signed"]["version"] + 1
        data = serve(f"metadata/{version}.root.json", MOST["root"])
        if data is None:
            break
        following = parse(data, "root")
        check_root(following)
        require_signed(following, "root", root)
        require_signed(following, "root", following)
        require(following["signed"]["version"] == version, "root: a number left out")
        root = following
    require_fresh(root, now)
    online = lambda r: [sorted(r["signed"]["roles"][name]["keyids"]) for name in ("snapshot", "timestamp")]
    rotated = online(old_root) != online(root)
    known = lambda role: None if rotated or not remembered.get(role) else parse(remembered[role], role)

    # 2 timestamp: never an older one, never another one under the same number.
    before = known("timestamp")
    data = serve("metadata/timestamp.json", MOST["timestamp"])
    require(data is not None, "timestamp: missing")
    timestamp = parse(data, "timestamp")
    require_signed(timestamp, "timestamp", root)
    meta = timestamp["signed"]["meta"]["snapshot.json"]
    if before:
        require(timestamp["signed"]["version"] >= before["signed"]["version"], "timestamp: went back")
        same = timestamp["signed"]["version"] == before["signed"]["version"]
        require(not same or timestamp["signed"] == before["signed"], "timestamp: two of one number")
        require(meta["version"] >= before["signed"]["meta"]["snapshot.json"]["version"], "snapshot: went back")
    require_fresh(timestamp, now)

    # 3 snapshot metadata: the one that is named; no number in it sinks.
    data = serve(f"metadata/{meta['version']}.snapshot.json", meta.get("length", MOST["snapshot"]))
    require_named(data, meta, "snapshot")
    snapshot = parse(data, "snapshot")
    require_signed(snapshot, "snapshot", root)
    require(snapshot["signed"]["version"] == meta["version"], "snapshot: another number")
    before = known("snapshot")
    for name, old in (before["signed"]["meta"] if before else {}).items():
        require(name in snapshot["signed"]["meta"], f"{name}: vanished")
        require(snapshot["signed"]["meta"][name]["version"] >= old["version"], f"{name}: went back")
    require_fresh(snapshot, now)

    # 4 targets metadata: what people signed.
    meta = snapshot["signed"]["meta"]["targets.json"]
    data = serve(f"metadata/{meta['version']}.targets.json", meta.get("length", MOST["targets"]))
    require_named(data, meta, "targets")
    targets = parse(data, "targets")
    require_signed(targets, "targets", root)
    require(targets["signed"]["version"] == meta["version"], "targets: another number")
    require_fresh(targets, now)

    # 5 the directory, by its hash.
    meta = targets["signed"]["targets"].get("v1/directory.ndjson")
    require(meta is not None, "no directory")
    data = serve(f"targets/v1/{meta['hashes']['sha256']}.directory.ndjson", meta["length"])
    require_named(data, meta, "directory")
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def verify_tree(tree, root):
    def serve(path, most):
        file = pathlib.Path(tree) / path
        if not file.is_file():
            return None
        require(file.stat().st_size <= most, f"{path}: too long")
        return file.read_bytes()

    records = refresh(serve, {"root": pathlib.Path(root).read_bytes()}, datetime.now(timezone.utc))
    print(f"Verified: {len(records)} records")


def verify_vectors(folder):
    wrong = 0
    index = json.loads((pathlib.Path(folder) / "index.json").read_text("utf-8"))
    for item in index:
        vector = json.loads((pathlib.Path(folder) / item["file"]).read_text("utf-8"))
        files = {path: text.encode("utf-8") for path, text in vector["files"].items()}

        def serve(path, most):
            require(len(files.get(path, b"")) <= most, f"{path}: too long")
            return files.get(path)

        remembered = {role: text.encode("utf-8") for role, text in vector["remembered"].items()}
        now = datetime.strptime(vector["now"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        try:
            text, why = json.dumps(refresh(serve, remembered, now)), ""
            answer = "accept" if vector["number"] in text else "another directory"
        except (Refused, KeyError, TypeError) as refused:
            answer, why = "refuse", str(refused)
        if answer != vector["answer"]:
            wrong += 1
            print(f"WRONG {item['file']} {vector['name']}: {answer} {why}")
    print(f"{len(index)} vectors, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Verifies a Waymark repository")
    parser.add_argument("tree", nargs="?")
    parser.add_argument("--root")
    parser.add_argument("--vectors")
    options = parser.parse_args()
    try:
        if options.vectors:
            verify_vectors(options.vectors)
        elif options.tree and options.root:
            verify_tree(options.tree, options.root)
        else:
            parser.error("name a tree and --root, or --vectors")
    except Refused as refused:
        sys.exit(f"REFUSED: {refused}")

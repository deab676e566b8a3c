#!/usr/bin/env python3
"""Verifies an archive package against checkpoints, with nothing but Python's standard library.

    python3 verify.py [--help] PACKAGE.zip ... [CHECKPOINT ...] [--proof CONSISTENCY.json ...]

PACKAGE     a package for an archive, as it was fetched
CHECKPOINT  a checkpoint that was kept elsewhere: the text of /checkpoints/<number>
PROOF       an answer of /checkpoints/consistency?from=<size>&to=<size>, for checkpoints that the package has no proof of

What is proved, by the checkpoint that was kept elsewhere: number, time, actor, kind and content of every row of log/events.jsonl but
the names of people (name), and the bytes of every file in documents/, ledger/ and bank/, which a row that is proved names by its digest.

What is not proved, though the lists of checksums (METS.xml) must agree with all of it: those lists and metadata themselves, erms.xml,
and the views (agreement/, grant/, erasable.json, readme and so on), which say in other words what the log says; which file is which
record is told by them. Whoever changes one makes its list anew. Nor are the zip file's own notes of times and compression. Of
those only the package's SHA-256 tells, which the log notes. A checkpoint's lines after its root are proved by whoever kept it, alone.

"UNCHANGED up to row N": nothing in a package tells whether the log went on after its last row when it was made, or since. Whoever cuts
rows off its end back to one that an older checkpoint held leaves a package that is unchanged up to there. The service's own log, or a
newer package, tells.

"of what it holds" names what the package does not show, by the numbers of the rows:
  without content   the receiver may not read it; number, time, actor and kind are proved. Whoever makes a package can leave content out.
  in part           of an archive-package-made, without digests; what is shown of its content is not proved
  left out          the receiver may not know of it; that there is a row is proved, and nothing of it
  erased            its texts read raderat, and a later row says who erased them; what else stands in it is not proved
  files not held    named by rows, and not in the package
  held by no checkpoint kept elsewhere   whoever made the package vouches alone for these rows; a checkpoint from after it tells of them
Ask whoever made the package why, where it is more than you expected.

Answers 0 when everything holds, 1 when something was changed, 2 when something could not be proved either way or is nothing that can be
verified. Without a package it holds the checkpoints against one another. docs/security.md says more of what this proves.
"""
import base64
import calendar
import hashlib
import json
import posixpath
import re
import struct
import sys
import time
import unicodedata
import uuid
import xml.etree.ElementTree as xml
import zipfile
import zlib
from urllib.parse import unquote

# What of which kind of event may be erased, and reads raderat then. A step of * goes into every element.
ERASABLE = {
    "adjustment-prepared": ["reason"],
    "agreement-signed": ["signatories/*/name"],
    "allocation-report-accepted": ["comment"],
    "allocation-report-prepared": ["comment"],
    "allocation-report-returned": ["reason"],
    "amendment-contested": ["reason"],
    "amendment-proposed": ["changes/*/drop/reason", "changes/*/revise/text"],
    "amendment-withdrawn": ["reason"],
    "bank-file-imported": ["file/name"],
    "bank-file-withdrawn": ["reason"],
    "body-set-up": ["title"],
    "completion-contested": ["reason"],
    "costs-disallowed": ["reason"],
    "debt-set-off": ["reason"],
    "disallowance-withdrawn": ["reason"],
    "disclosure-recorded": ["to", "decidedBy", "ground"],
    "disclosure-withdrawn": ["reason"],
    "document-registered": ["title", "file/name", "from"],
    "document-version-added": ["file/name"],
    "document-withdrawn": ["reason"],
    "draft-sent-back": ["reason"],
    "effect-seen": ["seen/text", "seen/evidence"],
    "effort-cancelled": ["reason"],
    "effort-recorded": ["effort/title"],
    "effort-revised": ["effort/title"],
    "exception-waived": ["reason"],
    "finding-recorded": ["finding/title", "finding/text", "finding/sources/*/interview"],
    "finding-retracted": ["reason"],
    "finding-revised": ["finding/title", "finding/text", "finding/sources/*/interview"],
    "indicator-defined": ["content/title", "content/of", "content/baseline/source"],
    "indicator-ended": ["reason"],
    "indicator-revised": ["content/title", "content/of", "content/baseline/source"],
    "instalment-lapsed": ["reason"],
    "intent-declared": ["text"],
    "internal-note-written": ["text"],
    "lapse-withdrawn": ["reason"],
    "ledger-import-withdrawn": ["reason"],
    "ledger-imported": ["name"],
    "material-published": ["material/title", "material/address"],
    "material-spread": ["spreading/channel", "spreading/address"],
    "measure-assessed": ["text", "livesOn"],
    "measure-report-corrected": ["report/text"],
    "measure-reported": ["report/text"],
    "meeting-held": ["agenda"],
    "ministry-comment-recorded": ["text"],
    "obligation-completed": ["note", "consultation/items/*/considered", "consultation/participants/*/name"],
    "obligation-waived": ["reason"],
    "payment-contested": ["reason"],
    "payment-reversed": ["reason"],
    "plan-version-made": ["summary"],
    "prepared-sent-back": ["reason"],
    "prepared-withdrawn": ["reason"],
    "project-plan-checked": ["comment"],
    "project-plan-written": ["text"],
    "publication-approved": ["checks/secrecy/note", "checks/personalData/note", "checks/accessibility/note"],
    "publication-withdrawn": ["reason"],
    "reading-corrected": ["reading/source"],
    "reading-recorded": ["reading/source"],
    "recommendation-recorded": ["recommendations/*/text/en", "recommendations/*/text/sv"],
    "recommendation-revised": ["content/text/en", "content/text/sv"],
    "recommendations-informed": ["how"],
    "release-corrected": ["reason"],
    "release-withdrawn": ["reason"],
    "reminder-acknowledged": ["reason"],
    "repayment-withdrawn": ["reason"],
    "requisition-ended": ["reason"],
    "requisition-refused": ["reason"],
    "seat-taken": ["function"],
    "secrecy-marking-removed": ["reason"],
    "signature-contested": ["reason"],
    "statement-prepared": ["explanations/*/text"],
    "submission-accepted": ["comment"],
    "submission-drafted": ["summary", "coverLetter", "contents/*/where"],
    "submission-made": ["summary", "coverLetter", "contents/*/where"],
    "submission-returned": ["reason"],
    "submission-withdrawn": ["reason"],
    "termination-withdrawn": ["reason"],
    "time-called-off": ["reason"],
    "time-proposed": ["place", "link"],
    "transaction-dismissed": ["reason"],
    "transaction-unmatched": ["reason"],
    "view-given": ["text"],
}
ERASED = "raderat"

# Where a package has the files that a kind of event names, and where in the event their digest stands.
NAMING = {
    "document-registered": ("documents/", "file", "sha256"),
    "document-version-added": ("documents/", "file", "sha256"),
    "plan-version-made": ("plan/", "sha256"),
    "report-frozen": ("reports/", "sha256"),
    "ledger-imported": ("ledger/", "file"),
    "bank-file-imported": ("bank/", "file", "address"),
}

# Where the files of a package lie: whatever else there is did not come from the program, and may be unpacked over what did.
PLACES = re.compile(r"""(METS\.xml | documentation/readme\.txt | schemas/[\w.-]+\.xsd | metadata/(descriptive/dc|preservation/premis)\.xml
    | representations/rep1/(METS\.xml | data/(erms\.xml | agreement/(terms|agreement|obligations|documents|disclosures|recommendations|information|findings|plan|publications)\.json
        | agreement/plan-version-\d+\.pdf | plan/version-\d+\.json | reports/report-\d+\.json
        | log/(events\.jsonl|(erasable|faults|inclusion|consistency)\.json|checkpoint\.txt)
        | grant/(grant\.json|requisition-\d+\.pdf|statement-\d+\.(json|pdf))
        | ledger/(import|withdrawn)-\d+\.se | bank/(import|withdrawn)-\d+\.xml | documents/[^/\\]+/v\d+/[^/\\]+)))""", re.VERBOSE)

# The folder that all of it lies in.
ROOT = re.compile(r"MRA-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# The keys of a row, in their order.
ROW = ["sequence", "at", "actor", "name", "type", "previous", "passed", "digest", "salt", "hash", "part", "data"]

faults, unproved, unshown, reached = [], [], [], []


def fault(text):
    faults.append(text)
    print(f"FAULT  {text}")


def unknown(text):
    unproved.append(text)
    print(f"?      {text}")


def unshown_rows(what, rows):
    if rows:
        unshown.append(f"{what} ({', '.join(map(str, sorted(rows)))})")


def strictly(written, whole=False):
    """Reads JSON in which no key stands twice: of two readers one would take the first, another the last. Where its numbers are places
    and sizes they must be whole."""
    def once(pairs):
        it = dict(pairs)
        if len(it) != len(pairs):
            raise ValueError("a key stands twice in an object")
        return it

    def refused(written):
        raise ValueError(f"{written} is no whole number")
    return json.loads(written.decode("utf-8") if isinstance(written, bytes) else written, object_pairs_hook=once,
                      **({"parse_float": refused, "parse_constant": refused} if whole else {}))


def places(it, *keys):
    """Refuses what Python takes for numbers too."""
    for key in keys:
        if type(it[key]) is not int:
            raise ValueError(f"{it[key]!r} is no number")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def number(value):
    return value.to_bytes(8, "big", signed=True)


def counted(text):
    written = text.encode("utf-8")
    return number(len(written)) + written


def milliseconds(at):
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z", at, re.ASCII):
        raise ValueError(f"{at!r} is no time to the thousandth of a second")
    whole, _, fraction = at.rstrip("Z").partition(".")
    return calendar.timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) * 1000 + int((fraction + "000")[:3])


# ---- the Merkle tree: RFC 6962, and RFC 9162 2.1.3.2 and 2.1.4.2

def node(left, right):
    return sha256(b"\1", left, right)


def includes(leaf, index, size, proof, root):
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    for beside in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            leaf = node(beside, leaf)
            while at and at % 2 == 0:
                at, last = at // 2, last // 2
        else:
            leaf = node(leaf, beside)
        at, last = at // 2, last // 2
    return last == 0 and leaf == root


def consistent(size, root, later_size, later_root, proof):
    if size == later_size:
        return not proof and root == later_root
    if not 0 < size < later_size or not proof:
        return False
    if size & (size - 1) == 0:
        proof = [root] + proof
    at, last = size - 1, later_size - 1
    while at % 2:
        at, last = at // 2, last // 2
    early = late = proof[0]
    for beside in proof[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            early, late = node(beside, early), node(beside, late)
            while at and at % 2 == 0:
                at, last = at // 2, last // 2
        else:
            late = node(late, beside)
        at, last = at // 2, last // 2
    return last == 0 and early == root and late == later_root


def checkpoint(text):
    """Origin, size and root; None for what is no checkpoint. Lines after the root say more of it, which nothing proves."""
    # As it may come out of a mail.
    lines = f"{text.strip()}\n".replace("\r\n", "\n").split("\n")
    if (len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1])
            or not re.fullmatch(r"[A-Za-z0-9+/]{43}=", lines[2])):
        return None
    for more in lines[3:-1]:
        if re.fullmatch(r"faulty [1-9][0-9]*", more):
            print(f"note   when the checkpoint of size {lines[1]} was made, so many logs were not whole: {more[7:]}")
    return lines[0], int(lines[1]), base64.b64decode(lines[2])


def hold_against(one, other, names, proofs):
    """Holds a checkpoint against a later one. Answers whether they are shown to be of one tree."""
    if one[1] > other[1]:
        one, other, names = other, one, names[::-1]
    if one[0] != other[0]:
        fault(f"{names[0]} and {names[1]} are of different trees")
    elif one[1] == other[1]:
        if one[2] != other[2]:
            fault(f"{names[0]} and {names[1]} say different things of the same logs")
        else:
            print(f"ok     {names[0]} and {names[1]} are the same")
            return True
    elif (one[1], other[1]) not in proofs:
        unknown(f"there is no proof that {names[1]} goes on from {names[0]}: "
                f"ask for /checkpoints/consistency?from={one[1]}&to={other[1]}")
    elif consistent(*one[1:], *other[1:], proofs[one[1], other[1]]):
        print(f"ok     {names[1]} goes on from {names[0]}")
        return True
    else:
        fault(f"{names[1]} does not go on from {names[0]}")
    return False


def proofs_in(document):
    for it in document:
        places(it, "from", "to")
    return {(it["from"], it["to"]): [bytes.fromhex(h) for h in it["proof"]] for it in document}


# ---- the log

def digest_of(row, data):
    salt = row.get("salt")
    return sha256(b"\1", bytes.fromhex(salt), data) if salt else sha256(data)


def digests(row, data):
    """Whether the row's content is the one that was digested; None where that can't be told."""
    if row["digest"] is None or data == b"null" or "part" in row:
        return None
    return bytes.fromhex(row["digest"]) == digest_of(row, data)


def texts(at, path):
    if not path:
        yield at
    elif path[0] == "*":
        for each in at if isinstance(at, list) else []:
            yield from texts(each, path[1:])
    elif isinstance(at, dict) and at.get(path[0]) is not None:
        yield from texts(at[path[0]], path[1:])


def reads_erased(row):
    """Whether the row is of a kind of which something may be erased, and all of that reads so."""
    return row["type"] in ERASABLE and isinstance(row["data"], dict) and all(
        text in (ERASED, "") for path in ERASABLE[row["type"]] for text in texts(row["data"], path.split("/")))


def named_by(row):
    """Where the file that the row names lies, and its digest."""
    folder, *path = NAMING.get(row["type"], ("",))
    return [(folder, digest) for digest in texts(row["data"], path)] if path else []


def follow(previous, row):
    """The row's hash, and whether it follows; None where that can't be told."""
    if row["hash"] is None or row["digest"] is None or previous is None:
        return row["hash"] and bytes.fromhex(row["hash"]), None
    envelope = (number(row["sequence"]) + number(milliseconds(row["at"])) + counted(row["actor"]) + counted(row["type"])
                + bytes.fromhex(row["digest"]))
    hash = bytes.fromhex(row["hash"])
    # Rows with a salt are sealed first; of one that is not shown it is not known which it is.
    return hash, hash in (sha256(previous, sha256(b"\2", envelope)), sha256(previous, envelope))


def read_row(line):
    row = strictly(line)
    if [key for key in ROW if key in row] != list(row) or not {*ROW} - {"passed", "part"} <= set(row) or not line.endswith(b"}"):
        raise ValueError("a row of the log has other keys than rows have")
    places(row, "sequence")
    return row, line[line.index(b',"data":') + len(b',"data":'):-1]


def read_log(lines, agreement):
    """The hash by sequence, as far as it is proved by the rows before; the files that proved rows name, and those that others name."""
    hashes, named, doubtful, whole = {}, set(), set(), True
    # Rows with another content than was digested: right where a later row says that it was erased, and what stands there now.
    other, erased = {}, {}
    missing, empty, partly = [], [], []
    previous, last = sha256(agreement.bytes), 0
    for line in lines:
        if not line:
            continue
        row, data = read_row(line)
        sequence = row["sequence"]
        if sequence <= last:
            fault(f"row {sequence} of the log comes after row {last}")
        stated = row["previous"] and bytes.fromhex(row["previous"])
        if last == 0 and stated is None and sequence == 1:
            fault("the first row of the log does not say what it builds on")
        if stated != previous and stated is not None:
            fault(f"row {sequence} of the log does not build on the row before it")
        previous = stated
        missing.extend(range(last + 1, sequence))
        passed = [bytes.fromhex(seal) for seal in row.get("passed", [])]
        if previous is not None and len(passed) != sequence - last - 1:
            fault(f"rows are missing before row {sequence} of the log, and nothing leads past them")
            previous = None
        for place, seal in enumerate(passed if previous is not None else []):
            previous = hashes[last + 1 + place] = sha256(previous, seal)
        if data == b"null":
            empty.append(sequence)
        if "part" in row:
            partly.append(sequence)
            # Only from these a digest is taken that its receiver may not have; a salt would prove what is shown.
            if row["part"] is not True or row["type"] != "archive-package-made" or row["salt"] is not None or data == b"null":
                fault(f"row {sequence} of the log says that it is shown in part, which rows of its kind never are")
        held = digests(row, data)
        hash, follows = follow(previous, row)
        if follows is False:
            fault(f"row {sequence} of the log was changed")
        elif held is False:
            other[sequence] = digest_of(row, data).hex(), row
        elif held and row["type"] == "content-erased" and row["data"]["row"] < sequence:
            erased[row["data"]["row"], row["data"]["now"]] = sequence
        (named if held and follows else doubtful).update(named_by(row))
        if held is None and "part" not in row and data != b"null" or follows is None:
            whole = False
        if hash is not None:
            hashes[sequence] = hash
        previous, last = hash, sequence
    gone = []
    for sequence, (now, row) in other.items():
        if (sequence, now) in erased and reads_erased(row):
            gone.append(sequence)
            print(f"erased what row {sequence} of the log said: named by row {erased[sequence, now]}, its digest is of what stood there first")
        elif (sequence, now) in erased:
            fault(f"row {sequence} of the log was changed: row {erased[sequence, now]} says that it was erased, and it does not read so")
        else:
            fault(f"row {sequence} of the log was changed")
    unshown_rows("erased", gone)
    unshown_rows("without content", empty)
    unshown_rows("in part", partly)
    if not whole:
        unknown("the log has rows from before there were salts that its receiver may not see; what comes after them is not proved")
    return hashes, named, doubtful - named, missing, last, previous


# ---- the package

def files_of(mets, folder):
    xlink = "{http://www.w3.org/1999/xlink}href"
    for element in xml.fromstring(mets).iter():
        if "CHECKSUM" in element.attrib:
            at = element.get(xlink) or next((e.get(xlink) for e in element.iter() if e.get(xlink)), None)
            if at:
                yield posixpath.join(folder, unquote(at)), element.get("CHECKSUM").lower()


def top_of(root, names, content):
    """METS.xml at the top as it must be: all of it stands in the rest of the package too."""
    inner = "representations/rep1/METS.xml"
    beginning, end, _ = content[inner].decode("utf-8").partition("</metsHdr>\n")
    beginning = beginning.replace('OBJID="rep1"', f'OBJID="{root}"', 1).replace("../../schemas/", "schemas/")
    made = re.search('CREATEDATE="([^"]+)"', beginning).group(1)

    def properties(name, kind):
        return (f'MIMETYPE="{kind}" SIZE="{len(content[name])}" CREATED="{made}" '
                f'CHECKSUM="{hashlib.sha256(content[name]).hexdigest()}" CHECKSUMTYPE="SHA-256"')

    def location(name):
        return f'LOCTYPE="URL" xlink:type="simple" xlink:href="{name}"'

    def reference(name, kind):
        return f'<mdRef {location(name)} MDTYPE="{kind}" {properties(name, "application/xml")} />'

    def group(id, use, files, kind, more=""):
        return [f'    <fileGrp ID="{id}" USE="{use}"{more}>', *(line for i, name in enumerate(files, 1) for line in (
            f'      <file ID="{id}-{i}" {properties(name, kind)}>', f'        <FLocat {location(name)} />', "      </file>")), "    </fileGrp>"]

    def division(label, number, pointer):
        return [f'      <div LABEL="{label}" ID="map-{root}-{number}">', f"        {pointer}", "      </div>"]

    schemas = [name for name in names if name.startswith("schemas/")]
    return (beginning + end + "\n".join([
        f'  <dmdSec ID="descriptive-dc" CREATED="{made}" STATUS="CURRENT">',
        f'    {reference("metadata/descriptive/dc.xml", "DC")}', "  </dmdSec>",
        "  <amdSec>", '    <digiprovMD ID="preservation-premis" STATUS="CURRENT">',
        f'      {reference("metadata/preservation/premis.xml", "PREMIS")}', "    </digiprovMD>", "  </amdSec>",
        '  <fileSec ID="files">', *group("documentation", "Documentation", ["documentation/readme.txt"], "text/plain"),
        *group("schemas", "Schemas", schemas, "application/xml"),
        *group("representation", "Representations/rep1", [inner], "application/xml", ' csip:CONTENTINFORMATIONTYPE="citserms_v2_1"'),
        "  </fileSec>", f'  <structMap TYPE="PHYSICAL" LABEL="CSIP" ID="map-{root}-1">', f'    <div LABEL="{root}" ID="map-{root}-2">',
        f'      <div LABEL="Metadata" DMDID="descriptive-dc" ADMID="preservation-premis" ID="map-{root}-3" />',
        *division("Documentation", 4, '<fptr FILEID="documentation" />'), *division("Schemas", 5, '<fptr FILEID="schemas" />'),
        *division("Representations", 6, '<fptr FILEID="representation" />'),
        *division("Representations/rep1", 7, f'<mptr {location(inner)} xlink:title="representation" />'),
        "    </div>", "  </structMap>", "</mets>"])).encode("utf-8")


def kept_elsewhere(leaves, checkpoints):
    """How far the checkpoints that were kept elsewhere held the log: the rest stands on what came with the package. Only of those that
    the package's goes on from is anything known."""
    if not checkpoints:
        return
    reach = {name: max((sequence for index, sequence in leaves if index < size), default=0) for name, (_, size, _) in checkpoints}
    for name, row in reach.items():
        if row:
            print(f"ok     {name} held the log at least up to row {row}")
    if not any(reach.values()):
        unknown(f"{' and '.join(reach)} are not shown to have held any of this log")
    elif (furthest := max(reach.values())) < (last := max(sequence for _, sequence in leaves)):
        unshown.append(f"held by no checkpoint kept elsewhere ({furthest + 1} to {last})")


def strange_in_zip(written, package):
    """Why another program than this may unpack something else; None for nothing. Entries lie one after the other from the first byte
    on, each says of itself what the directory says of it, and the directory ends the file."""
    at = 0
    for it in package.infolist():
        if it.header_offset != at or written[at:at + 4] != b"PK\3\4":
            return "something lies between the entries"
        flags, method, crc, packed, size, name, extra = struct.unpack_from("<HH4xLLLHH", written, at + 6)
        at += 30
        if (flags, method) != (it.flag_bits, it.compress_type) or written[at:at + name] != it.orig_filename.encode(
                "utf-8" if flags & 0x800 else "cp437"):
            return f"{it.filename} is called something else in front of its bytes"
        if flags & ~0x808 or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or it.external_attr >> 28 not in (0, 8):
            return f"{it.filename} is no plain file"
        at += name
        more = written[at:at + extra]
        if more not in (b"", of_large(it)) or it.extra and it.extra[:4] != struct.pack("<HH", 1, len(it.extra) - 4) or it.comment:
            return f"{it.filename} says more of itself than its name and size"
        at += extra
        bytes_ = written[at:at + it.compress_size]
        at += it.compress_size
        if method == zipfile.ZIP_DEFLATED:
            inflate = zlib.decompressobj(-15)
            inflate.decompress(bytes_)
            inflate.flush()
            if not inflate.eof or inflate.unused_data:
                return f"{it.filename} holds more than it unpacks to"
        elif it.compress_size != it.file_size:
            return f"{it.filename} holds more than it unpacks to"
        sizes = (it.CRC, it.compress_size, it.file_size)
        if flags & 8:
            at += 4 if written[at:at + 4] == b"PK\7\x08" else 0
            length = 20 if written[at:at + 20] == struct.pack("<LQQ", *sizes) else 12
            if length == 12 and struct.unpack_from("<LLL", written, at) != sizes:
                return f"{it.filename} is of another size behind its bytes"
            at += length
        elif (crc, packed, size) != sizes and (crc, packed, size, more) != (it.CRC, 2**32 - 1, 2**32 - 1, of_large(it)):
            return f"{it.filename} is of another size in front of its bytes"
    if at != package.start_dir:
        return "something lies between the entries and the directory"
    for it in package.infolist():
        if it.filename != it.orig_filename or it.volume:
            return f"{it.filename} is called something else by others, or lies elsewhere"
        name, extra, comment = struct.unpack_from("<HHH", written, at + 28)
        at += 46 + name + extra + comment
    if not ends_rightly(written, at, len(package.infolist()), package.start_dir):
        return "what lies behind the directory is not its end, or is that of another directory"
    return None


def ends_rightly(written, at, count, start):
    """Whether the zip file says at its end where its directory lies and how much there is of it, and nothing else; a large one says it
    twice."""
    said = count, count, at - start, start
    fits = tuple(min(it, most) for it, most in zip(said, (2**16 - 1, 2**16 - 1, 2**32 - 1, 2**32 - 1)))
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, *fits, 0)
    large = struct.pack("<LLQQQQ4sLQL", 0, 0, *said, b"PK\6\7", 0, at, 1)
    return written[at:] == end and fits == said or (
        written[at:at + 12] == struct.pack("<4sQ", b"PK\6\6", 44) and written[at + 16:] == large + end)


def of_large(it):
    """What stands in front of an entry too large for its header."""
    return struct.pack("<HHQQ", 1, 16, it.file_size, it.compress_size)


def verify_package(path, checkpoints, proofs):
    with open(path, "rb") as file:
        written = file.read()
        print(f"       {path}: SHA-256 {hashlib.sha256(written).hexdigest()}, to be compared with what the log noted of it")
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        if not any("/representations/" in name or name.endswith("/METS.xml") for name in names):
            stop(f"{path} is a zip file, and no package for an archive.")
        if strange := strange_in_zip(written, package):
            fault(f"of this zip file another program may unpack something else: {strange}")
        root = names[0].split("/")[0]
        if not ROOT.fullmatch(root):
            fault(f"{root} is no name of a package's folder")
        for name in names:
            if not name.startswith(root + "/"):
                fault(f"{name} lies outside the package's folder {root}")
            elif not PLACES.fullmatch(name[len(root) + 1:]) or {".", ".."} & set(name.split("/")):
                fault(f"{name} is no place of a package")
        content = {name[len(root) + 1:]: package.read(name) for name in names if not name.endswith("/")}
    # As one file system or another takes them for the same.
    if len({unicodedata.normalize("NFC", name).lower() for name in names}) != len(names):
        fault("the package holds two files by the same name")
    if top_of(root, [name[len(root) + 1:] for name in names], content) != content["METS.xml"]:
        fault("METS.xml is not what the rest of the package says")
    listed = {"METS.xml"}
    for mets in ("METS.xml", "representations/rep1/METS.xml"):
        for name, checksum in files_of(content[mets], posixpath.dirname(mets)):
            listed.add(name)
            if name not in content:
                fault(f"{name} is missing")
            elif hashlib.sha256(content[name]).hexdigest() != checksum:
                fault(f"{name} is not what {mets} says")
    for name in sorted(set(content) - listed):
        fault(f"{name} is in no list of the package")
    data = "representations/rep1/data/"
    inclusion = strictly(content[data + "log/inclusion.json"], whole=True) if data + "log/inclusion.json" in content else None
    if inclusion is None:
        unknown("the package has no proof that a checkpoint holds its log")
        return
    places(inclusion, "size", *(["index", "sequence"] if inclusion["proof"] is not None else []))
    for it in inclusion.get("before", []):
        places(it, "index", "sequence")
    agreement = uuid.UUID(inclusion["agreement"])
    hashes, named, doubtful, missing, last, previous = read_log(content[data + "log/events.jsonl"].split(b"\n"), agreement)
    missing.extend(range(last + 1, last + 1 + len(inclusion["passed"])))
    unshown_rows("left out", missing)
    for place, seal in enumerate(inclusion["passed"] if previous is not None else []):
        previous = hashes[last + 1 + place] = sha256(previous, bytes.fromhex(seal))
    if data + "log/faults.json" in content:
        for it in strictly(content[data + "log/faults.json"]):
            fault(f"whoever made the package found the log not whole: {it['what']} at {it['sequence']}")
    # What somebody handed in must be what the log says that they did.
    for name, bytes_ in content.items():
        for folder in {folder for folder, *_ in NAMING.values() if name.startswith(data + folder)}:
            file = folder, hashlib.sha256(bytes_).hexdigest()
            if file in doubtful:
                unknown(f"{name} is named by rows alone whose content is not proved")
            elif file not in named:
                fault(f"{name} is named by no row of the log")
    bytes_held = {hashlib.sha256(bytes_).hexdigest() for bytes_ in content.values()}
    if absent := {digest for _, digest in named | doubtful} - bytes_held:
        unshown.append(f"files not held ({len(absent)})")
    held = checkpoint(content[data + "log/checkpoint.txt"].decode("utf-8"))
    if held is None:
        fault("the package's checkpoint is no checkpoint")
        return
    if inclusion["size"] != held[1]:
        fault("the proof is of another checkpoint than the package's")
    if inclusion["proof"] is None:
        unknown("its receiver may not see what proves that the checkpoint holds the log")
    else:
        hash = bytes.fromhex(inclusion["hash"])
        leaf = sha256(b"\0", agreement.bytes, number(inclusion["sequence"]), hash, bytes.fromhex(inclusion["salt"]))
        if not includes(leaf, inclusion["index"], held[1], [bytes.fromhex(h) for h in inclusion["proof"]], held[2]):
            fault("the checkpoint does not hold the log")
        elif hashes.get(inclusion["sequence"]) != hash:
            fault(f"the checkpoint holds another log: its row {inclusion['sequence']} is not this one's")
        else:
            print(f"ok     the checkpoint of size {held[1]} holds the log up to row {inclusion['sequence']}")
        leaves = [(inclusion["index"], inclusion["sequence"])]
        for it in inclusion.get("before", []):
            hash = bytes.fromhex(it["hash"])
            leaf = sha256(b"\0", agreement.bytes, number(it["sequence"]), hash, bytes.fromhex(it["salt"]))
            if not includes(leaf, it["index"], held[1], [bytes.fromhex(h) for h in it["proof"]], held[2]):
                fault(f"the checkpoint does not hold the log as it was at row {it['sequence']}")
            elif hashes.get(it["sequence"]) != hash:
                fault(f"an earlier checkpoint held another log: its row {it['sequence']} is not this one's")
            leaves.append((it["index"], it["sequence"]))
        beyond = max(hashes, default=0)
        reached.append(beyond)
        if beyond > inclusion["sequence"]:
            unknown(f"rows {inclusion['sequence'] + 1} to {beyond} are younger than the checkpoint")
    if data + "log/consistency.json" in content:
        proofs = {**proofs_in(strictly(content[data + "log/consistency.json"], whole=True)), **proofs}
    if not checkpoints:
        unknown("no checkpoint was given that was kept elsewhere: whoever made the package may have made its checkpoint too")
    joined = [it for it in checkpoints if hold_against(it[1], held, (it[0], "the package's checkpoint"), proofs)]
    if inclusion["proof"] is not None:
        kept_elsewhere(leaves, joined)


def stop(text):
    """Ends with a plain word: nothing was verified."""
    print(f"{text}\nNothing was verified; python3 verify.py --help says how.", file=sys.stderr)
    sys.exit(2)


def read_arguments(arguments):
    proofs, checkpoints, packages = {}, [], []
    while arguments:
        name = arguments.pop(0)
        if name == "--proof" and not arguments:
            stop("--proof is followed by the file of a proof.")
        is_proof = name == "--proof"
        name = arguments.pop(0) if is_proof else name
        if name.startswith("-"):
            stop(f"There is no option {name}.")
        try:
            if is_proof:
                with open(name, encoding="utf-8") as file:
                    proofs.update(proofs_in([strictly(file.read(), whole=True)]))
                continue
            with open(name, "rb") as file:
                if zipfile.is_zipfile(file):
                    packages.append(name)
                    continue
            with open(name, encoding="utf-8", newline="") as file:
                if (it := checkpoint(file.read())) is None:
                    stop(f"{name} is neither a package nor a checkpoint.")
                checkpoints.append((name, it))
        except OSError as e:
            stop(f"{name} can't be read: {e.strerror or e}.")
        except (ValueError, KeyError, TypeError, AttributeError):
            stop(f"{name} is {'no proof: an answer of /checkpoints/consistency' if is_proof else 'neither a package nor a checkpoint'}.")
    return proofs, checkpoints, packages


def main(arguments):
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    proofs, checkpoints, packages = read_arguments(arguments)
    if not packages and len(checkpoints) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    if not packages:
        checkpoints.sort(key=lambda it: it[1][1])
        for (name, one), (later, other) in zip(checkpoints, checkpoints[1:]):
            hold_against(one, other, (name, later), proofs)
        return verdict("the checkpoints")
    verdicts = []
    for package in packages:
        try:
            verify_package(package, checkpoints, proofs)
        except Exception as e:  # Whatever it is, it is not what was made.
            fault(f"{package} can't be read as a package: {type(e).__name__}: {e}")
        verdicts.append(verdict(package))
    return 1 if 1 in verdicts else max(verdicts)


def verdict(of):
    code = 1 if faults else 2 if unproved else 0
    shown = f"of what it holds: {', '.join(unshown)}" if unshown else ""
    if shown and code:
        print(f"       {shown}")
    sure = f"UNCHANGED{f' up to row {max(reached)}' if reached else ''}{f', {shown}' if shown else ''}"
    print(f"{(sure, 'CHANGED', 'NOT PROVED')[code]}  {of}")
    faults.clear()
    unproved.clear()
    unshown.clear()
    reached.clear()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

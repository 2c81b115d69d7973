#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/results_file.md is enough to compute what holds a results file together: the seal, the digest of every variable and of
the content, and those of all attributes, with nothing of this program."""
import ctypes
import ctypes.util
import re
import sys
import tempfile
from pathlib import Path

import h5py
import numpy

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "determinism"))
from same_bits import SOURCE, dredge  # noqa: E402

STUDY = """\
title: Digests
months: 12
aftercare_months: 6
replicates: 4
regimes: [linear_kpi, iterative]
outcomes: [{name: trust_6, value_of: {series: trust, month: 6}}]
design: {method: grid, factors: {funder.target: [0.5, 2], months: [12, 18]}}
"""
FILES = {"summary.h5": [], "runs.h5": ["--set", "output.trajectories=runs"], "shard.h5": ["--shard", "1/2"]}
AXES_OF_BYTES = {"dredge/byte", "dredge/name_byte", "dredge/label_byte"}
NO_CONTENT = {"statistic", "moment", "sector", "sector_pair", "message", "phase"}


class Halves(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


def load_xxh3():
    """XXH3, 128 bits, in hexadecimal; None where libxxhash is not installed."""
    name = ctypes.util.find_library("xxhash")
    if name is None:
        return None
    function = ctypes.CDLL(name).XXH3_128bits
    function.restype, function.argtypes = Halves, [ctypes.c_char_p, ctypes.c_size_t]

    def xxh3(content):
        halves = function(content, len(content))
        return f"{halves.high:016x}{halves.low:016x}"
    return xxh3


xxh3 = load_xxh3()


def whole(number):
    return int(number).to_bytes(8, "little")


def text(value):
    value = value.encode() if isinstance(value, str) else bytes(value)
    return whole(len(value)) + value


def numbers(values):
    if values.dtype.kind == "f":
        return numpy.where(numpy.isnan(values), numpy.nan, values).astype(values.dtype.newbyteorder("<")).tobytes()
    return values.tobytes() if values.dtype == numpy.uint8 else values.astype("<i8").tobytes()


def runs_of(status):
    """Point and replicate of what was run, in order."""
    return [(point, replicate) for point, replicate in numpy.ndindex(status.shape[0], status.shape[2])
            if (status[point, :, replicate] != 0).any()]


def content_of(file, name, item):
    """The bytes of which the digest of a variable is that."""
    values, status = item[()], file["status"][()]
    if h5py.check_string_dtype(item.dtype):
        return b"".join(map(text, numpy.ravel(values)))
    if name == "dredge/tally_size":
        return b"".join(whole(point) + whole(size) for point, size in enumerate(values) if size > 0)
    if name == "status":
        return b"".join(whole(point) + whole(replicate) + values[point, :, replicate].tobytes()
                        for point, replicate in runs_of(status))
    if "/" in name or values.shape[:2] != status.shape[:2]:
        return numbers(values)
    if name.startswith("month_") and file.attrs["trajectories"] == b"summary":
        return b"".join(whole(point) + numbers(values[point]) for point in range(len(values))
                        if not numpy.isnan(values[point]).all())
    return b"".join(numbers(values[point, :, replicate]) for point, replicate in runs_of(status))


def variables(group, path=""):
    for name, item in group.items():
        if isinstance(item, h5py.Dataset):
            yield path + name, item
        else:
            yield from variables(item, f"{path}{name}/")


def check_variables(file):
    content = text("dredge results 2")
    found = dict(variables(file))
    assert len(found) > 100
    for name in sorted(found):
        item = found[name]
        if name in AXES_OF_BYTES:
            continue
        digest = item.attrs["digest"].decode()
        assert xxh3(content_of(file, name, item)) == digest, name
        if not name.startswith(("dredge/", "parameters/steering_")) and name not in NO_CONTENT:
            kind = "text" if h5py.check_string_dtype(item.dtype) else str(item.dtype)
            content += text(name) + text(kind) + whole(item.ndim) + b"".join(map(whole, item.shape)) + text(digest)
    assert xxh3(content) == file.attrs["digest"].decode()
    assert dredge("digest", file.filename).strip() == file.attrs["digest"].decode()


def counted():
    """The attributes that the document says are counted."""
    document = (SOURCE / "docs/results_file.md").read_text(encoding="utf-8")
    table = document.split("## Root attributes\n", 1)[1].split("\n## ", 1)[0]
    cells = "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    listed = re.search(r"Counted are the root attributes above(.*?)\.\n", document, re.DOTALL)[1]
    return set(re.findall(r"`(\w+)`", cells + listed))


def check_labels(file):
    names = counted()
    lines = bytes(file["dredge/labels"][()]).decode().splitlines()
    found = {"/", "parameters", "design", "dredge", *dict(variables(file))} - {"dredge/labels", "dredge/label_byte"}
    assert {line.split("\t")[0].lstrip("/") or "/" for line in lines} == found
    for line in lines:
        path, digest = line.split("\t")
        content = b""
        for name in sorted(names & set(file[path].attrs)):
            value = file[path].attrs[name]
            if isinstance(value, bytes):
                content += text(name) + text(value)
            else:
                content += text(name) + whole(numpy.size(value)) + numpy.ravel(value).astype("<f8").tobytes()
        assert xxh3(content) == digest, path


def check_seal(path):
    content = path.read_bytes()
    before, seal = content[:-32], content[-32:]
    assert seal == b"DREDGEH5" + whole(len(before)) + bytes.fromhex(xxh3(before))


def main():
    if xxh3 is None:
        print("libxxhash is not installed")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
        for file, words in FILES.items():
            dredge("run", folder / "study.yaml", "-o", folder / file, "--quiet", *words)
            check_seal(folder / file)
            with h5py.File(folder / file) as opened:
                check_variables(opened)
                check_labels(opened)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Writes resources/unicode-names.zlib, the names of `\\N{...}`: `python3 main/dev/unicode-names.py`.

Needs python3 and perl, whose copies of the Unicode database it reads: Python's for the names, Perl's for their aliases.
main/python/unicode-names.ts reads what it writes: three tables, an empty line between them, compressed. A name is how many
of its words are those of the name before, and the rest; its code is how many codes lie between it and the one before. An
alias is its code and itself. A run is its first and last code, and what stands before the code in each name.
"""

import itertools
import pathlib
import re
import subprocess
import unicodedata
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def all_names():
    for code in range(0x110000):
        name = unicodedata.name(chr(code), None)
        if name is not None and not name.startswith("HANGUL SYLLABLE "):
            yield code, name


def is_numbered(code, name):
    return name.endswith(f"-{code:X}")


def names(pairs):
    before, words_before = -1, []
    for code, name in pairs:
        words = name.split(" ")
        same = sum(1 for _ in itertools.takewhile(lambda p: p[0] == p[1], zip(words, words_before)))
        gap = f"{code - before - 1:x}" if code != before + 1 else ""
        yield f"{gap}\t{same or ''}{' '.join(words[same:])}"
        before, words_before = code, words


def aliases():
    unicore = subprocess.run(["perl", "-e", "for (@INC) { print if -e ($_ .= '/unicore/Name.pl') }"], capture_output=True, text=True)
    table = pathlib.Path(unicore.stdout).read_text(encoding="latin1")
    for code, name in re.findall(r"([0-9A-F]{4,6})\n([^\n]+)\n\n", table):
        character = chr(int(code, 16))
        try:
            if unicodedata.name(character, None) != name and unicodedata.lookup(name) == character:
                yield f"{int(code, 16):x}\t{name}"
        except KeyError:
            pass  # Newer than Python's database.


def runs(pairs):
    found = []
    for code, name in pairs:
        prefix = name[: name.rindex("-") + 1]
        if found and found[-1][1:] == [code - 1, prefix]:
            found[-1][1] = code
        else:
            found.append([code, code, prefix])
    return (f"{first:x}-{last:x}\t{prefix}" for first, last, prefix in found)


everything = list(all_names())
tables = (
    names(p for p in everything if not is_numbered(*p)),
    aliases(),
    runs(p for p in everything if is_numbered(*p)),
)
text = "\n\n".join("\n".join(table) for table in tables)
(ROOT / "resources/unicode-names.zlib").write_bytes(zlib.compress(text.encode("ascii"), 9))

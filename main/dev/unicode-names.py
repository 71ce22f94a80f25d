"""Writes resources/unicode-names.txt, the names of `\\N{...}`: `python3 main/dev/unicode-names.py`.

Needs python3 and perl, whose copies of the Unicode database it reads: Python's for the names, Perl's for their aliases.
main/python/unicode-names.ts reads what it writes: a line for each name, in the order of the codes, which is the code, a tab
and the name. Names that end with their code share a line for each run of codes: the first and the last code, and what
stands before the code in each name, with a `#` for the code. Korean syllables are left out, since their names are rules.
"""

import pathlib
import re
import subprocess
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]


def all_names():
    for code in range(0x110000):
        name = unicodedata.name(chr(code), None)
        if name is not None and not name.startswith("HANGUL SYLLABLE "):
            yield code, name


def is_numbered(code, name):
    return name.endswith(f"-{code:X}")


def aliases():
    unicore = subprocess.run(["perl", "-e", "for (@INC) { print if -e ($_ .= '/unicore/Name.pl') }"], capture_output=True, text=True)
    table = pathlib.Path(unicore.stdout).read_text(encoding="latin1")
    for code, name in re.findall(r"([0-9A-F]{4,6})\n([^\n]+)\n\n", table):
        character = chr(int(code, 16))
        try:
            if unicodedata.name(character, None) != name and unicodedata.lookup(name) == character:
                yield int(code, 16), name
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
    return found


everything = list(all_names())
lines = [(code, f"{code:X}\t{name}") for code, name in everything if not is_numbered(code, name)]
lines += [(code, f"{code:X}\t{name}") for code, name in aliases()]
lines += [(first, f"{first:X}-{last:X}\t{prefix}#") for first, last, prefix in runs(p for p in everything if is_numbered(*p))]
text = "".join(f"{line}\n" for _, line in sorted(lines, key=lambda line: line[0]))
(ROOT / "resources/unicode-names.txt").write_text(text, encoding="ascii", newline="\n")

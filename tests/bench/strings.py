# Text: built piece by piece, formatted, split, searched and replaced.
from measuring import measure


def caesar(text, shift):
    out = []
    for c in text:
        if "a" <= c <= "z":
            c = chr((ord(c) - 97 + shift) % 26 + 97)
        out.append(c)
    return "".join(out)


def record(i):
    return "%05d;%s;%.2f;%x" % (i, "name" + str(i * 7), i / 8, i * i)


def work(count):
    line = "the quick brown fox jumps over the lazy dog "
    check = 0
    for i in range(count):
        number, name, value, hexadecimal = record(i).split(";")
        check += int(number) + len(name) + int(float(value) * 4) + int(hexadecimal, 16) % 97
        line = caesar(line, i % 25 + 1)
        check += line.find("q") + line.count("a") + hash_of(line.replace("a", "bc").upper())
        grown = ""
        for j in range(20):
            grown += "{}-{:>3}".format(j, name[-1])
        check += len(grown.strip("0-"))
    return check


def hash_of(text):
    h = 5381
    for byte in text.encode():
        h = (h * 33 ^ byte) & 0xFFFF
    return h


measure(work, 5000, 250)

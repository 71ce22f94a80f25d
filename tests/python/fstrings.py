# f-strings, and the formatting they share with format() and %.
name, n, x = "Ada", 42, 3.14159
print(f"{name} {n} {x}", f"{name!r:>8}|{n:05d}|{x:.2f}|{n:#x}|{n:,}", f"{n + 1} {name.upper()} {[1, 2][0]}")
# -> Ada 42 3.14159    'Ada'|00042|3.14|0x2a|42 43 ADA 1
print(f"{{}} {{{n}}}", f"", f"{'nested'}", f'{"quotes"}', f"{n:{5}}|{name:{'>'}{6}}", f"{x:{n // 5}.{2}f}|")
# -> {} {42}  nested quotes    42|   Ada     3.14|
print(f"{n=} {name=!s} {x=:.1f}", f"{n!s:^6}|", f"{n}" f"{n}" "plain" f"{name}")
# -> n=42 name=Ada x=3.1   42  | 4242plainAda
print(f"{ {'a': 1}['a'] }", f"{n if n > 3 else 'small'}", f"{'a' 'b'}", f"{n:>{n // 6}}|")  # -> 1 42 ab      42|
print(f"""lines
{n}
end""", rf"\d{n}", f"\x41\u00e9{n}\n".strip())
# -> lines
# -> 42
# -> end \d42 Aé42


class F:
    def __format__(self, spec):
        return "F<" + spec + ">"

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


f = F()
print(f"{f!r} {f!s}", str(f), repr(f), "%s %r" % (f, f), "{} {!r}".format(str(f), f))
# -> repr str str repr str repr str repr
print("{} {}".format(1, 2), "{1} {0}".format(1, 2), "{a} {b:>4}".format(a=1, b=2), "{:<5}|{:^5}|{:>5}|".format(1, "b", 3.0))
# -> 1 2 2 1 1    2 1    |  b  |    3|
print("{:+d} {: d} {:-d} {:b} {:o} {:X} {:c} {:e} {:g} {:%}".format(1, 2, -3, 5, 8, 255, 65, 12345.678, 0.0001, 0.25))
# -> +1  2 -3 101 10 FF A 1.234568e+04 0.0001 25.000000%
print("%5d|%-5d|%05d|%+d|%x|%o|%c|%s|%r|%%|%.3f|%e|%g" % (1, 2, 3, 4, 255, 8, "c", "s", "r", 1.5, 12.5, 1e10))
# ->     1|2    |00003|+4|ff|10|c|s|'r'|%|1.500|1.250000e+01|1e+10
print("%(a)s %(b)d" % {"a": "x", "b": 5}, "%s" % ((1, 2),), "%*d" % (5, 3), "%.2s|" % "abc")
# -> x 5 (1, 2)     3 ab|
for bad in ("{", "}", "{0} {}", "{:q}", "{5}", "%q", "%d"):
    try:
        print(bad.format(1) if "%" not in bad else bad % "s")
    except Exception as e:
        print(bad, type(e).__name__ + ":", e)
# -> { ValueError: unmatched '{' in format
# -> } ValueError: single '}' encountered in format string
# -> {0} {} ValueError: can't switch from manual field specification to automatic field numbering
# -> {:q} ValueError: invalid format specifier
# -> {5} IndexError: tuple index out of range
# -> %q ValueError: unsupported format character 'q' (0x71) at index 1
# -> %d TypeError: can't convert str to int


def local(v):
    w = v * 2
    return f"{v}{w}{[v for v in 'ab']}{n}"


print(local("z"))  # -> zzz['a', 'b']42

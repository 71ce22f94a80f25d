# The match statement, which only the grammar of a computer accepts.
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Color:
    RED = "red"


def describe(v):
    match v:
        case 0:
            return "zero"
        case -1 | 1.5 | "text":
            return "literal"
        case None:
            return "None"
        case True:
            return "True"
        case Color.RED:
            return "dotted"
        case []:
            return "empty"
        case [x]:
            return "one", x
        case [1, *rest]:
            return "starts with 1", rest
        case (a, b, *_, c) if c == a:
            return "ends as it starts", a, b
        case [[a, b], c]:
            return "nested", a, b, c
        case {"k": 1}:
            return "mapping"
        case {"type": t, **rest}:
            return "typed", t, rest
        case Point(x=0, y=y):
            return "on the axis", y
        case Point(x, y) if x == y:
            return "diagonal", x
        case Point():
            return "point"
        case int(n) | float(n):
            return "number", n
        case str() as s:
            return "str", s
        case _:
            return "other", type(v).__name__


for v in (0, -1, 1.5, "text", None, True, "red", [], [5], [1, 2, 3], (4, 5, 6, 4), [[1, 2], 3], {"k": 1, "z": 0}):
    print(describe(v))
# -> zero
# -> literal
# -> literal
# -> literal
# -> None
# -> True
# -> dotted
# -> empty
# -> ('one', 5)
# -> ('starts with 1', [2, 3])
# -> ('ends as it starts', 4, 5)
# -> ('nested', 1, 2, 3)
# -> mapping
for v in ({"type": "t", "n": 1}, Point(0, 3), Point(2, 2), Point(1, 2), 17, 2.5, "else", {}, b"ab", {1, 2}, range(2)):
    print(describe(v))
# -> ('typed', 't', {'n': 1})
# -> ('on the axis', 3)
# -> ('diagonal', 2)
# -> point
# -> ('number', 17)
# -> ('number', 2.5)
# -> ('str', 'else')
# -> ('other', 'dict')
# -> ('other', 'bytes')
# -> ('other', 'set')
# -> ('other', 'range')


def flow(items):
    out = []
    for item in items:
        match item:
            case "skip":
                continue
            case "stop":
                break
            case str(x) if x.isdigit():
                out.append(int(x))
            case other:
                out.append(other)
    return out


print(flow(["1", "skip", "a", 2, "stop", 3]))  # -> [1, 'a', 2]
match = 5
case = match + 1
print(match, case)  # -> 5 6
match (1, 2):
    case (a, b):
        print(a, b)
# -> 1 2


def unmatched(v):
    match v:
        case 1:
            return "one"


print(unmatched(2))  # -> None


def generator(v):
    match v:
        case [x, y]:
            yield x
            yield y
        case _:
            yield "none"


print(list(generator([1, 2])), list(generator(3)))  # -> [1, 2] ['none']


def mistaken(pattern):
    try:
        exec("match 1:\n    case " + pattern + ": pass")
    except SyntaxError as e:
        return str(e)


print(mistaken("[x, 1] | (1, x)"), mistaken('{"a": y, **r} | {"b": [y, *r]}'), mistaken("1 | 2"))  # -> None None None
print(mistaken("int(n) | float(m)"))  # -> alternative patterns bind different names
print(mistaken("[1, [x] | (x, y)]"), mistaken("A(b=c) | d"), sep="; ")
# -> alternative patterns bind different names; alternative patterns bind different names

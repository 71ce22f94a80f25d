# What the grammar of a computer accepts beyond MicroPython's.
def positional(a, b, /, c=3):
    return a, b, c


print(positional(1, 2), positional(1, 2, c=4))  # -> (1, 2, 3) (1, 2, 4)
print({**{"a": 1}, **{b: 2 for b in "bc"}}, [*range(3), *"ab"], (*[1], 2), {*(1, 2), 3} == {1, 2, 3})
# -> {'a': 1, 'b': 2, 'c': 2} [0, 1, 2, 'a', 'b'] (1, 2) True


class M:
    def __enter__(self):
        return "entered"

    def __exit__(self, *a):
        print("exit")


with (M() as a, M() as b):
    print(a, b)
# -> entered entered
# -> exit
# -> exit
with (
    M(),
    M() as c,
):
    print(c)
# -> entered
# -> exit
# -> exit
n = 5
print(f"{n = }", f"{(lambda q: q * 2)(4)}", f"{'>' + '{'}", f"{n!r:>{n}}", f"{[*'ab']}")
# -> n = 5 8 >{     5 ['a', 'b']


def starred():
    rest = [2, 3]
    return 1, *rest


print(starred())  # -> (1, 2, 3)
for x in 1, *[2, 3]:
    print(x)
# -> 1
# -> 2
# -> 3

total = 0
print([total := total + v for v in range(5)], total)  # -> [0, 1, 3, 6, 10] 10


@(lambda f: lambda: f() * 2)
def decorated():
    return 4


print(decorated())  # -> 8
global_name: "annotation" = 3
print(global_name)  # -> 3


def groups(e):
    caught = []
    try:
        raise e
    except* ValueError:
        caught.append("ValueError")
    except* (TypeError, KeyError):
        caught.append("TypeError or KeyError")
    else:
        caught.append("else")
    finally:
        caught.append("finally")
    return caught


print(groups(ValueError()), groups(KeyError(1)))
# -> ['ValueError', 'finally'] ['TypeError or KeyError', 'finally']


# Names are one when their compatible forms are.
def ligature(ﬁ):
    return fi + ﬁ


print(ligature(fi=1), ligature(ﬁ=2), "ligature" in dir() or "ligature" in globals())  # -> 2 4 True
ª, Ⅷ = 1, 2
print(a, VIII)  # -> 1 2
M.ﬂ = 4
print(M.fl, getattr(M, "fl"), hasattr(M, "ﬂ"))  # -> 4 4 False


# A name may begin with what is a digit in its compatible form.
class Raised:
    def ³x(self):
        return 3


print(Raised().³x(), getattr(Raised(), "3x")())  # -> 3 3

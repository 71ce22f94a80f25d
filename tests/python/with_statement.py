# with: entering, leaving, several managers, and exceptions held back.
class M:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value)
        return self.swallow


with M("a") as a:
    print(a)
# -> enter a
# -> a
# -> exit a None None
with M("b"), M("c") as c, M("d"):
    print(c)
# -> enter b
# -> enter c
# -> enter d
# -> c
# -> exit d None None
# -> exit c None None
# -> exit b None None
with M("swallow", True):
    raise ValueError("held back")
# -> enter swallow
# -> exit swallow ValueError held back
print("goes on")  # -> goes on
try:
    with M("outer"), M("inner"):
        raise KeyError("passes")
except KeyError as x:
    print("caught", x)
# -> enter outer
# -> enter inner
# -> exit inner KeyError passes
# -> exit outer KeyError passes
# -> caught passes


def returns():
    with M("r") as r:
        return r
    print("never")


print(returns())
# -> enter r
# -> exit r None None
# -> r


def leaves_loops():
    for i in range(4):
        with M(i):
            if i == 0:
                continue
            if i == 2:
                break
    return i


print(leaves_loops())
# -> enter 0
# -> exit 0 None None
# -> enter 1
# -> exit 1 None None
# -> enter 2
# -> exit 2 None None
# -> 2


def raises_in_exit():
    class Bad(M):
        def __exit__(self, *a):
            raise ValueError("from exit")

    with M("around", True):
        with Bad("bad"):
            raise KeyError


raises_in_exit()
# -> enter around
# -> enter bad
# -> exit around ValueError from exit


class Fails(M):
    def __enter__(self):
        raise OSError("cannot enter")


try:
    with M("first"), Fails("second"):
        print("never")
except OSError as x:
    print("OSError:", x)
# -> enter first
# -> exit first OSError cannot enter
# -> OSError: cannot enter


def generator():
    with M("gen"):
        yield 1
        yield 2


for x in generator():
    print(x)
# -> enter gen
# -> 1
# -> 2
# -> exit gen None None
g = generator()
next(g)  # -> enter gen
g.close()  # -> exit gen GeneratorExit


class Target:
    pass


t = Target()
d = {}
with M("attr") as t.x, M("item") as d["k"], M("ab") as (p, q):
    print(t.x, d, p, q)
# -> enter attr
# -> enter item
# -> enter ab
# -> attr {'k': 'item'} a b
# -> exit ab None None
# -> exit item None None
# -> exit attr None None
try:
    with 5:
        pass
except (AttributeError, TypeError) as x:
    print(type(x).__name__)
# -> AttributeError

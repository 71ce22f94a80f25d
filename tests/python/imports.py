# Imports: files and packages, relative names, stars, cycles and failures.
import counter
import counter as again
from counter import bump, n as start

print(counter.bump(), bump(), again.n, start, counter is again)  # -> 1 2 2 0 True
import pack
# -> pack begins pack
# -> one pack.one
import pack.two as two

print(pack.whole, pack.from_one, pack.one.value, two.total, two.leaf.name)  # -> pack 1 1 4 pack.deep.leaf
import pack.deep.leaf

print(pack.deep.leaf.up, pack.two is two)  # -> 2 True
from pack import one, deep
from pack.deep import leaf as l

print(one.__name__, deep.__name__, l is pack.deep.leaf)  # -> pack.one pack.deep True
from starred import *

print(public, f())  # -> 1 (1, 2)
try:
    _private
except NameError as e:
    print("NameError:", e)
# -> NameError: name '_private' isn't defined
from starred_all import *

print(a, _b)  # -> 1 2
try:
    c
except NameError as e:
    print("NameError:", e)
# -> NameError: name 'c' isn't defined
import cycle.a
# -> a begins
# -> b begins
# -> b sees False
# -> a sees b

print(cycle.a.name, cycle.b.name)  # -> a b


def attempt(source):
    try:
        exec(source)
    except Exception as e:
        print(type(e).__name__ + ":", e)


attempt("import not_there")  # -> ImportError: no module named 'not_there'
attempt("from not_there import x")  # -> ImportError: no module named 'not_there'
attempt("from counter import not_there")  # -> ImportError: can't import name not_there
attempt("import counter.sub")  # -> ImportError: no module named 'counter.sub'
attempt("import pack.nothing")  # -> ImportError: no module named 'pack.nothing'
attempt("from pack import nothing")  # -> ImportError: no module named 'pack.nothing'
attempt("import raises")  # -> ValueError: while importing
attempt("import raises")  # -> ValueError: while importing
import sys

print("raises" in sys.modules, "counter" in sys.modules, sys.modules["pack"] is pack)  # -> False True True


def local_import():
    import counter as c
    from pack.one import value

    return c.n, value


print(local_import())  # -> (2, 1)
print(__import__("counter") is counter, __import__("pack.one").__name__)  # -> True pack
del sys.modules["counter"]
import counter as fresh

print(fresh.n, fresh is counter)  # -> 0 False
counter.n = 50
print(bump())  # -> 51


class Body:
    import counter as inside

    value = inside.n


print(Body.value, Body.inside is fresh)  # -> 0 True

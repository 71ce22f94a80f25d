# Constants: const(), constant tuples, opt_level, and names that are too long.
import micropython
from micropython import const

_A = const(123)
_T = const((_A, "s", b"b", (None, -1, 2.5)))
print(_T, _T is _T, "_A" in globals())  # -> (123, 's', b'b', (None, -1, 2.5)) True False


def f():
    return (1, (2, "x"))


def g():
    return (1, (2, "x"))


# Equal constant tuples are one object, where the types of their items are equal too.
print(f() is f(), f() is g(), (1, 2) is (1, 2), (1, 2) is (1, 2.0), (1, 0) is (1, False))
# -> True True True False False
print(b"abc" is b"abc", ("a", "bc") is ("ab", "c"), (b"a,",) is (b"a", b""))  # -> True False False


def tuple_of(x):
    return (x, 1)


print(tuple_of(1) is tuple_of(1))  # -> False

# Without assertions, __debug__ is False; at level 3 there are no line numbers.
print(micropython.opt_level())  # -> 0
exec("print(__debug__)")  # -> True
micropython.opt_level(1)
exec("print(__debug__)\nassert 0")  # -> False
micropython.opt_level(3)
print(micropython.opt_level())  # -> 3
import sys

exec("""

def f():

    raise ValueError(1)
try:
    f()
except ValueError as e:
    sys.print_exception(e)
""")
# -> Traceback (most recent call last):
# ->   File "<string>", line 1, in <module>
# ->   File "<string>", line 1, in f
# -> ValueError: 1
micropython.opt_level(0)
try:
    micropython.opt_level("a")
except TypeError as e:
    print(e)  # -> can't convert str to int

# A name has at most 255 bytes.
long = "é" * 127 + "aa"


class C:
    pass


c = C()
for text in ("c." + long[:-1] + " = 5", "print(getattr(c, long[:-1]))", "getattr(c, long)", "setattr(c, long, 1)",
             "type(long, (), {})", "'%(" + long + ")s' % {}", "('{' + long + '}').format()", "print(**{long: 1})"):
    try:
        exec(text)
    except RuntimeError as e:
        print(e)
# -> 5
# -> name too long
# -> name too long
# -> name too long
# -> name too long
# -> name too long
# -> name too long

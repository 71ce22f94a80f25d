# Classes that derive from builtin types: what the builtin part answers, and what it hides.
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class N(int):
    pass


class S(str):
    pass


class L(list):
    pass


class T(tuple):
    pass


class D(dict):
    pass


# On the left the builtin part is asked; on the right it is no operand.
print(N(1) + 1, L([1]) + [2], S("a") + "b", T((1,)) + (2,))  # -> 2 [1, 2] ab (1, 2)
attempt(lambda: 1 + N(1))  # -> TypeError unsupported types for __radd__: 'int', 'int'
attempt(lambda: 1.5 + N(1))  # -> TypeError unsupported types for __radd__: 'int', 'float'
attempt(lambda: [1] + L([2]))  # -> TypeError unsupported types for __add__: 'list', 'list'
attempt(lambda: "a" + S("b"))  # -> TypeError unsupported types for __add__: 'str', 'str'
attempt(lambda: N(1) < N(2))  # -> TypeError unsupported types for __lt__: 'int', 'N'
attempt(lambda: (1,) + T((2,)))  # -> (1, 2)
print(N(1) == 1, 1 == N(1), N(1) == N(1), L([1]) == L([1]), [1] != L([1]))  # -> True True True True False
attempt(lambda: "abc".find(S("b")))  # -> TypeError can't convert 'S' object to str implicitly
attempt(lambda: dict(D(a=1)))  # -> ValueError dict update sequence has wrong length
attempt(lambda: list.__init__)  # -> AttributeError type object 'list' has no attribute '__init__'


# What the builtin type does by itself comes before what the class falls back on.
class Own(list):
    def __repr__(self):
        return "own"

    def __len__(self):
        return 7

    def __iter__(self):
        return iter("xyz")

    def __add__(self, other):
        return "added"


x = Own([1, 2])
print(str(x), repr(x), len(x), list(x), bool(Own()), "x" in x, x + [3])  # -> [1, 2] own 7 ['x', 'y', 'z'] False False added
x += [3]
print(type(x), x)  # -> <class 'list'> [1, 2, 3]


class Mixed:
    def __add__(self, other):
        return "mixed"

    def __len__(self):
        return 9

    def append(self, item):
        return "appended"

    def extra(self):
        return "extra"


class ListFirst(list, Mixed):
    pass


class MixedFirst(Mixed, list):
    pass


print(ListFirst([1]) + [2], MixedFirst([1]) + [2])  # -> [1, 2] mixed
print(len(ListFirst([1])), len(MixedFirst([1])), ListFirst([1]).__len__())  # -> 1 9 9
print(ListFirst().append(1), MixedFirst().append(1), ListFirst().extra())  # -> None appended extra


# An exception need not be the first base.
class Failure(Mixed, ValueError):
    pass


try:
    raise Failure(1, 2)
except ValueError as e:
    print(e.args, e.extra(), e + 1, isinstance(e, Mixed), repr(e))  # -> (1, 2) extra mixed True Failure(1, 2)
attempt(lambda: Failure(v=1))  # -> TypeError function doesn't take keyword arguments


# Arguments that nobody asks for.
class Plain:
    pass


print(type(Plain(1, k=2)) is Plain)  # -> True
attempt(lambda: object.__init__(Plain(), 1))  # -> TypeError function takes 1 positional arguments but 2 were given
attempt(lambda: Plain.__init__)  # -> AttributeError type object 'Plain' has no attribute '__init__'


# `__init__` runs for the very class only.
class Made:
    def __new__(cls, *args):
        return object.__new__(Other)


class Other(Made):
    def __init__(self, *args):
        print("initialised")


print(type(Made(1)) is Other)  # -> True
print(type(Other(1)) is Other)
# -> initialised
# -> True


# Conversions of a right operand, of an index and of a count.
class Number:
    def __float__(self):
        return 4.5

    def __int__(self):
        return 2


n = Number()
print(2.5 + n, 2.5 < n, 4.5 == n, n == 4.5)  # -> 7.0 True True True
print([1] * n, "ab" * n, "abc"[n], [1, 2, 3][n], (1, 2, 3)[n:])  # -> [1, 1] abab c 3 (3,)
attempt(lambda: 1 + n)  # -> TypeError unsupported types for __add__: 'int', 'Number'


# Truth is True only.
class Odd:
    def __bool__(self):
        return 1


print(bool(Odd()))  # -> False


# An object may differ from itself.
class Never:
    def __eq__(self, other):
        return False


never = Never()
nan = float("nan")
print(never in [never], [never] == [never], [nan].count(nan), (nan,) == (nan,))  # -> False False 0 False


# In place, only addition and subtraction have methods of their own.
class InPlace:
    def __iadd__(self, other):
        return "iadd"

    def __imul__(self, other):
        return "imul"


i = InPlace()
i += 1
print(i)  # -> iadd
i = InPlace()
try:
    i *= 2
except TypeError as e:
    print(e)  # -> unsupported types for __mul__: 'InPlace', 'int'


# A property comes before `__setattr__`; `super()` gives the property itself; a descriptor on the class, too.
class Stored:
    @property
    def p(self):
        return "p"

    @p.setter
    def p(self, value):
        print("p is set to", value)

    def __setattr__(self, name, value):
        print("attribute", name)


class Above(Stored):
    def above(self):
        return type(super().p).__name__


s = Above()
s.p = 1  # -> p is set to 1
s.q = 1  # -> attribute q
print(s.above())  # -> property


class Reading:
    def __get__(self, instance, cls):
        return "read"


class WithReading:
    r = Reading()


print(WithReading().r, type(WithReading.r).__name__)  # -> read Reading


# An attribute of an instance is called before a method that its class gets later.
class Late:
    pass


late = Late()
late.m = lambda: "of the instance"
Late.m = lambda self: "of the class"
print(late.m(), Late().m())  # -> of the instance of the class


# Where a property raises AttributeError, it is there all the same.
class Raising:
    @property
    def p(self):
        raise AttributeError("inside")


print(hasattr(Raising(), "p"), hasattr(Raising(), "q"))  # -> True False


# The variables of enclosing functions count as arguments of a closure.
def outer():
    x = 1
    y = 2

    def inner(a):
        return x + y + a

    return inner


attempt(outer())  # -> TypeError inner() takes 3 positional arguments but 2 were given  # board-> TypeError function takes 3 positional arguments but 2 were given
attempt(lambda: outer()(b=1))  # -> TypeError unexpected keyword argument 'b'
print(type(outer()), type(Above.above))  # -> <class 'closure'> <class 'closure'>


# Until `super().__init__` was called, there is no builtin part.
class Early(list):
    def __init__(self, item):
        self.append(item)


attempt(lambda: Early(1))  # -> AttributeError call super().__init__() first


# What a float compares with is asked for its float first, for `!=` as well.
class AsFloat(float):
    def __float__(self):
        return 4.5


print(AsFloat(2.5) != AsFloat(2.5), AsFloat(4.5) == AsFloat(1.0))  # -> True True

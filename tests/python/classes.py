# Classes: attributes, methods, special methods, and classes as values.
class Point:
    """A place."""

    count = 0

    def __init__(self, x, y=0):
        self.x = x
        self.y = y
        Point.count += 1

    def __repr__(self):
        return "Point(%r, %r)" % (self.x, self.y)

    def shifted(self, dx, dy=0):
        return Point(self.x + dx, self.y + dy)

    @staticmethod
    def origin():
        return Point(0, 0)

    @classmethod
    def diagonal(cls, n):
        return cls(n, n)


p = Point(1)
print(p, p.shifted(2), p.shifted(2, dy=3), Point.origin(), Point.diagonal(4), p.diagonal(5))
# -> Point(1, 0) Point(3, 0) Point(3, 3) Point(0, 0) Point(4, 4) Point(5, 5)
print(Point.count, p.count)  # -> 6 6
p.count = 100
print(Point.count, p.count)  # -> 6 100
del p.count
print(p.count)  # -> 6
p.extra = "new"
print(p.extra, hasattr(p, "extra"), hasattr(p, "nothing"), getattr(p, "nothing", "default"))
# -> new True False default
setattr(p, "x", 7)
print(p, getattr(p, "x"))  # -> Point(7, 0) 7
shifted = p.shifted
print(shifted(1), Point.shifted(p, 1))  # -> Point(8, 0) Point(8, 0)
print(type(p) is Point, isinstance(p, Point), issubclass(Point, object), Point.__name__)  # -> True True True Point


class Odd:
    def __getattr__(self, name):
        if name.startswith("no"):
            raise AttributeError(name)
        return "made " + name


o = Odd()
print(o.thing, o.other, hasattr(o, "nothing"))  # -> made thing made other False
o.thing = "kept"
print(o.thing)  # -> kept
try:
    o.nope
except AttributeError as e:
    print("AttributeError:", e)
# -> AttributeError: nope


class Box:
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return ("item", i)

    def __setitem__(self, i, v):
        print("set", i, v)

    def __delitem__(self, i):
        print("del", i)

    def __contains__(self, x):
        return x in self.items

    def __iter__(self):
        return iter(self.items)

    def __call__(self, *a, **k):
        return a, k

    def __bool__(self):
        return len(self.items) > 1

    def __hash__(self):
        return 42

    def __eq__(self, other):
        return isinstance(other, Box) and self.items == other.items


b = Box(1, 2, 3)
print(len(b), b[5], b[1:2], b["k"], 2 in b, 9 in b, list(b), b(1, k=2), bool(b), bool(Box(1)), hash(b))
# -> 3 ('item', 5) ('item', slice(1, 2, None)) ('item', 'k') True False [1, 2, 3] ((1,), {'k': 2}) True False 42
b[0] = 1  # -> set 0 1
del b[0]  # -> del 0
b[1:2] = "slice"  # -> set slice(1, 2, None) slice
b[0] += ("x",)  # -> set 0 ('item', 0, 'x')
print(b == Box(1, 2, 3), b != Box(1, 2, 3), b == 3, {b: "found"}[Box(1, 2, 3)])  # -> True False False found


class OnlyLen:
    def __len__(self):
        return 0


print(bool(OnlyLen()), not OnlyLen(), bool(object()))  # -> False True True


class Sequence:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


print(list(Sequence()), [x for x in Sequence()])  # -> [0, 1, 4, 9] [0, 1, 4, 9]


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(list(Countdown(3)), sum(Countdown(5)), max(Countdown(4)))  # -> [2, 1, 0] 10 3
for x in Countdown(2):
    print(x)
# -> 1
# -> 0

# A class is a value: made in a function, in a class, in an expression.
class Outer:
    base = Point

    class Inner(base):
        def __repr__(self):
            return "Inner" + str(self.x)

    made = [Inner(0), Inner(1)]
    two = 2
    three = two + 1

    def total(self, n=three):
        return n


print(Outer.Inner(3), Outer.made, Outer().total())  # -> Inner3 [Inner0, Inner1] 3


def make(n):
    class Made:
        value = n

        def get(self):
            return self.value, n

    return Made


A, B = make(1), make(2)
print(A().get(), B().get(), A is B)  # -> (1, 1) (2, 2) False

# What is assigned to the class later is seen by its instances.
Point.norm = lambda self: self.x + self.y
print(p.norm())  # -> 7
Point.__repr__ = lambda self: "P"
print(p, [p])  # -> P [P]


# A method knows the class it is written in.
class Written:
    def own(self):
        return __class__

    def inner(self):
        return [__class__ for _ in range(1)], (lambda: __class__)()

    def deeper(self):
        class Inner:
            def own(self):
                return __class__

        return Inner().own(), __class__


class Derived(Written):
    __class__ = 1


print(Derived.own(0), Derived.inner(0), Derived.deeper(0))  # -> <class 'Written'> ([<class 'Written'>], <class 'Written'>) (<class 'Inner'>, <class 'Written'>)


class Rebound:
    def set(self, value):
        nonlocal __class__
        __class__ = value

    def get(self):
        return __class__


Rebound().set(5)
print(Rebound().get(), type(Rebound()))  # -> 5 <class 'Rebound'>

# One place that calls with keyword arguments, and what it calls one after the other.
def plain(a, b=2, c=3):
    return "plain", a, b, c


def only(a, *, b, c=30):
    return "only", a, b, c


def rest(a, *more, b=20, c=30):
    return "rest", a, more, b, c


def some(a, b=2, **others):
    return "some", a, b, sorted(others.items())


def both(*args, **others):
    return "both", args, sorted(others.items())


def generator(a, *, b=1, c=2):
    yield from (a, b, c)


class Made:
    def __init__(self, a, b=2, c=3):
        self.shown = ("made", a, b, c)

    def method(self, a, b=2, c=3):
        return "method", a, b, c

    @staticmethod
    def static(a, b=2, c=3):
        return "static", a, b, c

    @classmethod
    def of(cls, a, b=2, c=3):
        return cls.__name__, a, b, c

    def __call__(self, a, b=2, c=3):
        return "called", a, b, c


class Derived(Made):
    def __init__(self, a, **others):
        super().__init__(a, **others)
        super().__init__(a, c=self.shown[3] * 2)


class New:
    def __new__(cls, a, b, c=4):
        o = super().__new__(cls)
        o.shown = ("new", a, b, c)
        return o


class Words(dict):
    pass


class Odd:
    def __init__(self, a, b):
        return a + b


def call(f):
    try:
        result = f(1, b=5)
        print(getattr(result, "shown", result))
    except TypeError as e:
        print(e)


made = Made(0)
for f in (plain, only, rest, some, both, Made, Derived, New, made.method, Made.static, made.of, made, plain):
    call(f)
# -> ('plain', 1, 5, 3)
# -> ('only', 1, 5, 30)
# -> ('rest', 1, (), 5, 30)
# -> ('some', 1, 5, [])
# -> ('both', (1,), [('b', 5)])
# -> ('made', 1, 5, 3)
# -> ('made', 1, 2, 6)
# -> ('new', 1, 5, 4)
# -> ('method', 1, 5, 3)
# -> ('static', 1, 5, 3)
# -> ('Made', 1, 5, 3)
# -> ('called', 1, 5, 3)
# -> ('plain', 1, 5, 3)
print(list(generator(1, b=5)))  # -> [1, 5, 2]
call(Odd)  # -> __init__() should return None, not 'int'
call(lambda a, c: (a, c))  # -> unexpected keyword argument 'b'
call(lambda b: b)  # -> function got multiple values for argument 'b'
call(lambda: 0)  # -> <lambda>() takes 0 positional arguments but 1 were given  # board-> function takes 0 positional arguments but 1 were given
call(lambda a, x, b: 0)  # -> function missing required positional argument #1
call(plain)  # -> ('plain', 1, 5, 3)
call(int)  # -> function doesn't take keyword arguments
call(print)  # -> extra keyword arguments given


# Defaults belong to the function, not to its code.
def making(n):
    def inner(a, b=2, c=n):
        return a, b, c

    return inner


for n in (3, 4):
    call(making(n))
# -> (1, 5, 3)
# -> (1, 5, 4)


def named(**names):
    return plain(*(1,), **names), plain(1, **names), sorted([3, 1, 2], reverse=True, key=lambda x: -x)


print(named(c=9))  # -> (('plain', 1, 2, 9), ('plain', 1, 2, 9), [1, 2, 3])
print(Words(a=1) == {"a": 1}, dict(b=2), "{x}{y}".format(x=1, y=2), int("10"))  # -> True {'b': 2} 12 10


# Arguments are computed once the callee is known, in their order.
order = []


def note(x):
    order.append(x)
    return x


class Holder:
    @property
    def f(self):
        note("f")
        return both


print(Holder().f(note(1), k=note(2), m=note(3)), order)  # -> ('both', (1,), [('k', 2), ('m', 3)]) ['f', 1, 2, 3]
try:
    made.missing(note(4), k=1)
except AttributeError as e:
    print(e, order[-1])  # -> 'Made' object has no attribute 'missing' 3

# Functions: parameters of every kind, defaults, and how arguments find them.
def plain(a, b=2, *rest, c, d=4, **more):
    return a, b, rest, c, d, sorted(more.items())


print(plain(1, c=3))  # -> (1, 2, (), 3, 4, [])
print(plain(1, 20, 30, 40, c=3))  # -> (1, 20, (30, 40), 3, 4, [])
print(plain(a=1, c=3, z=26, y=25))  # -> (1, 2, (), 3, 4, [('y', 25), ('z', 26)])
print(plain(*[1, 2, 3], **{"c": 5, "x": 6}))  # -> (1, 2, (3,), 5, 4, [('x', 6)])
print(plain(*(), *(0,), c=1, **{}, **{"e": 2}))  # -> (0, 2, (), 1, 4, [('e', 2)])


def attempt(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except TypeError as e:
        print("TypeError:", e)


def two(a, b):
    return a, b


def with_default(a, b=1):
    return a, b


def only_keyword(*, k):
    return k


attempt(two, 1)  # -> TypeError: two() takes 2 positional arguments but 1 were given  # board-> TypeError: function takes 2 positional arguments but 1 were given
attempt(two, 1, 2, 3)  # -> TypeError: two() takes 2 positional arguments but 3 were given  # board-> TypeError: function takes 2 positional arguments but 3 were given
attempt(two, 1, a=2)  # -> TypeError: function got multiple values for argument 'a'
attempt(two, 1, c=2)  # -> TypeError: unexpected keyword argument 'c'
attempt(two, b=1)  # -> TypeError: function missing required positional argument #0
attempt(with_default)  # -> TypeError: with_default() takes 1 positional arguments but 0 were given  # board-> TypeError: function takes 1 positional arguments but 0 were given
attempt(with_default, 1, 2, 3)  # -> TypeError: with_default() takes 2 positional arguments but 3 were given  # board-> TypeError: function takes 2 positional arguments but 3 were given
attempt(only_keyword)  # -> TypeError: function missing keyword-only argument
attempt(only_keyword, 1)  # -> TypeError: only_keyword() takes 0 positional arguments but 1 were given  # board-> TypeError: function takes 0 positional arguments but 1 were given
attempt(only_keyword, k=1)  # -> 1


# A default is evaluated once, when the function is made.
def collect(item, into=[]):
    into.append(item)
    return into


print(collect(1), collect(2))  # -> [1, 2] [1, 2]

n = 5


def late(x=n):
    return x


n = 6
print(late(), late(7))  # -> 5 7


# A call's parts are evaluated from left to right.
def say(x):
    print("say", x)
    return x


print(two(say(1), b=say(2)))
# -> say 1
# -> say 2
# -> (1, 2)
print([say("a"), say("b")][say(1)])
# -> say a
# -> say b
# -> say 1
# -> b


# Recursion, mutual recursion and functions as values.
def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


print(even(50), odd(50))  # -> True False
print([f(10) for f in (even, odd, lambda x: x * x, lambda *a: a, lambda **k: k)[:4]])
# -> [True, False, 100, (10,)]
print((lambda a, b=2, *c, d=4: (a, b, c, d))(1, d=5))  # -> (1, 2, (), 5)


# Decorators apply from the inside out, and their expressions from the outside in.
def mark(name):
    print("mark", name)

    def apply(f):
        print("apply", name)
        return lambda *a: (name, f(*a))

    return apply


@mark("outer")
@mark("inner")
def decorated(x):
    return x + 1
# -> mark outer
# -> mark inner
# -> apply inner
# -> apply outer


print(decorated(1))  # -> ('outer', ('inner', 2))


def annotated(a: int, *b: "text", c: None = 1, **d: 2) -> undefined_here:
    local: str = "s"
    other: int
    return a, b, c, d, local


print(annotated(1, 2, e=3))  # -> (1, (2,), 1, {'e': 3}, 's')


def ends_without_return():
    1


print(ends_without_return())  # -> None
print(len.__name__ if hasattr(len, "__name__") else "len", two.__name__, (lambda: 0).__name__)
# -> len two <lambda>
print(type(two), callable(two), callable(3))  # -> <class 'function'> True False
print(two == two, two != attempt, hash(two) == hash(two))  # -> True True True

# Closures: what inner functions share with the functions around them.
def counter():
    n = 0

    def up():
        nonlocal n
        n += 1
        return n

    def read():
        return n

    return up, read


up, read = counter()
other, _ = counter()
print(up(), up(), read(), other(), read())  # -> 1 2 2 1 2

# One variable for all turns of a loop; a default keeps a turn's value.
functions = []
for i in range(3):
    functions.append(lambda: i)
print([f() for f in functions])  # -> [2, 2, 2]


def in_function():
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    ds = [lambda i=i: i for i in range(3)]
    cs = [lambda: i for i in range(3)]
    return [f() for f in fs], [f() for f in ds], [f() for f in cs]


print(in_function())  # -> ([2, 2, 2], [0, 1, 2], [2, 2, 2])


def three(a):
    def middle(b):
        def inner(c):
            nonlocal a, b
            a += 1
            b += 10
            return a, b, c

        return inner

    return middle


f = three(1)(2)
print(f(3), f(4))  # -> (2, 12, 3) (3, 22, 4)


def recursive(n):
    def fact(k):
        return 1 if k < 2 else k * fact(k - 1)

    return fact(n)


print(recursive(25))  # -> 15511210043330985984000000


def before_assignment():
    def get():
        return x

    try:
        get()
    except NameError as e:
        print("NameError:", e)
    x = 1
    print(get())
    del x
    try:
        get()
    except NameError as e:
        print("NameError:", e)


before_assignment()
# -> NameError: local variable referenced before assignment
# -> 1
# -> NameError: local variable referenced before assignment


def parameter(x):
    def setter(v):
        nonlocal x
        x = v

    setter(5)
    return x


print(parameter(1))  # -> 5


def through_class(tag):
    class C:
        name = tag

        def get(self):
            return tag, self.name

    tag = "later"
    return C()


print(through_class("now").get())  # -> ('later', 'now')


def through_comprehension(k):
    return [x * k for x in range(3)], {x: k for x in "ab"}, list(k + x for x in (1, 2)), [(lambda: x * k)() for x in (3, 4)]


print(through_comprehension(10))  # -> ([0, 10, 20], {'a': 10, 'b': 10}, [11, 12], [30, 40])


def generator(k):
    def gen():
        nonlocal k
        while k > 0:
            k -= 1
            yield k

    return list(gen()), k


print(generator(3))  # -> ([2, 1, 0], 0)


def exception_name():
    def show():
        return e

    try:
        raise ValueError("kept")
    except ValueError as e:
        print(repr(show()))
    try:
        show()
    except NameError:
        print("gone")


exception_name()
# -> ValueError('kept',)
# -> gone


# An inner assignment makes a name local from the start of its function.
def shadow():
    x = 1

    def inner():
        try:
            print(x)
        except NameError as e:
            print("NameError:", e)
        x = 2
        return x

    return inner(), x


print(shadow())
# -> NameError: local variable referenced before assignment
# -> (2, 1)

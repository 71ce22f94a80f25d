# Tracebacks: the right lines through calls, methods, generators, comprehensions, exec and imports.
import sys


def show(f, *args):
    try:
        f(*args)
    except BaseException as e:
        sys.print_exception(e)


def fails(x):
    y = x + 1

    return (
        y
        / 0
    )


def calls(x):
    if x:
        fails(x)
    else:
        pass


show(calls, 1)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 23, in calls
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero


class C:
    def method(self):
        return self.other()

    def other(self):
        raise ValueError("in a method")

    @property
    def p(self):
        return fails(2)

    def __add__(self, other):
        return fails(3)

    def __init__(self, x=0):
        if x:
            self.method()

    def __iter__(self):
        yield 1
        raise KeyError("in a generator")


show(C().method)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 38, in method
# ->   File "tracebacks.py", line 41, in other
# -> ValueError: in a method
show(C, 1)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 52, in __init__
# ->   File "tracebacks.py", line 38, in method
# ->   File "tracebacks.py", line 41, in other
# -> ValueError: in a method
show(lambda: C().p)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 72, in <lambda>
# ->   File "tracebacks.py", line 45, in p
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero
show(lambda: C() + 1)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 79, in <lambda>
# ->   File "tracebacks.py", line 48, in __add__
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero


def consume():
    total = 0
    for x in C():
        total += x
    return total


show(consume)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 90, in consume
# ->   File "tracebacks.py", line 56, in __iter__
# -> KeyError: in a generator


def delegate():
    yield 0
    yield from C()


show(lambda: list(delegate()))
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 108, in <lambda>
# ->   File "tracebacks.py", line 105, in delegate
# ->   File "tracebacks.py", line 56, in __iter__
# -> KeyError: in a generator


def caught_and_raised():
    try:
        fails(0)
    except ZeroDivisionError:
        print("caught")
        raise


show(caught_and_raised)
# -> caught
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 119, in caught_and_raised
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero


def caught_and_replaced():
    try:
        fails(0)
    except ZeroDivisionError:
        raise ValueError("instead")


show(caught_and_replaced)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 138, in caught_and_replaced
# -> ValueError: instead


def through_finally():
    try:
        fails(0)
    finally:
        print("finally")


show(through_finally)
# -> finally
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 150, in through_finally
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero


def through_with():
    class M:
        def __enter__(self):
            pass

        def __exit__(self, *a):
            print("exit")

    with M():
        fails(0)


show(through_with)
# -> exit
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 173, in through_with
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero


def in_loop():
    for i in range(3):
        if i == 2:
            fails(i)
        i += 1
    return i


show(in_loop)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 188, in in_loop
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero


def recursive(n):
    if n == 0:
        [][0]
    recursive(n - 1)


show(recursive, 3)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 204, in recursive
# ->   File "tracebacks.py", line 204, in recursive
# ->   File "tracebacks.py", line 204, in recursive
# ->   File "tracebacks.py", line 203, in recursive
# -> IndexError: list index out of range


def in_argument():
    print(
        1,
        fails(1),
    )


show(in_argument)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 220, in in_argument
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero


def in_default():
    def f(x=fails(1)):
        pass


show(in_default)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 233, in in_default
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero
show(sorted, [3, 1, 2], *())


def key_function(x):
    return x / 0


show(lambda: sorted([1, 2], key=key_function))
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 250, in <lambda>
# ->   File "tracebacks.py", line 247, in key_function
# -> ZeroDivisionError: divide by zero
show(lambda: list(map(key_function, [1])))
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 256, in <lambda>
# ->   File "tracebacks.py", line 247, in key_function
# -> ZeroDivisionError: divide by zero
show(two_args := lambda a, b: a, 1)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# -> TypeError: <lambda>() takes 2 positional arguments but 1 were given  # board-> TypeError: function takes 2 positional arguments but 1 were given


def if_chain(n):
    if n == 0:
        pass
    elif n / 0:
        pass
    return n


show(if_chain, 1)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 271, in if_chain
# -> ZeroDivisionError: divide by zero


def unpacks():
    a = 1
    b, c = [
        1
    ]


show(unpacks)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 285, in unpacks
# -> ValueError: need more than 1 values to unpack


def deletes():
    x = {}

    del x["k"]


show(deletes)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 300, in deletes
# -> KeyError: k


def augmented():
    x = None

    x += 1


show(augmented)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 313, in augmented
# -> TypeError: unsupported types for __add__: 'NoneType', 'int'


def same_exception_twice():
    e = ValueError("kept")
    for i in range(2):
        try:
            raise e
        except ValueError:
            pass
    raise e


show(same_exception_twice)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 330, in same_exception_twice
# ->   File "tracebacks.py", line 327, in same_exception_twice
# ->   File "tracebacks.py", line 327, in same_exception_twice
# -> ValueError: kept


def asserts():
    assert True
    assert not 1, "told"


show(asserts)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 344, in asserts
# -> AssertionError: told


def fails_importing():
    import broken


show(fails_importing)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 355, in fails_importing
# ->   File "lib/broken.py", line 9, in <module>
# ->   File "lib/broken.py", line 6, in f
# -> ZeroDivisionError: divide by zero


def fails_importing_syntax():
    import broken_syntax


show(fails_importing_syntax)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 368, in fails_importing_syntax
# ->   File "lib/broken_syntax.py", line 2
# -> SyntaxError: invalid syntax


show(lambda: [fails(x) for x in (1,)])
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 379, in <lambda>
# ->   File "tracebacks.py", line 379, in <listcomp>
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero
show(lambda: sum(fails(x) for x in (1,)))
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 386, in <lambda>
# ->   File "tracebacks.py", line 386, in <genexpr>
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero
show(lambda: next(fails(x) for x in (1,)))
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 393, in <lambda>
# ->   File "tracebacks.py", line 393, in <genexpr>
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero
show(exec, "a = 1\nb = a / 0\n")
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "<string>", line 2, in <module>
# -> ZeroDivisionError: divide by zero
show(exec, "def f():\n  raise ValueError('in exec')\n\nf()\n")
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "<string>", line 4, in <module>
# ->   File "<string>", line 2, in f
# -> ValueError: in exec
show(eval, "1 +\\\n undefined")
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "<string>", line 1, in <module>
# -> NameError: name 'undefined' isn't defined
show(exec, "x = (\n")
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "<string>", line 2
# -> SyntaxError: invalid syntax
show(exec, "if x\n  y")
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "<string>", line 1
# -> SyntaxError: invalid syntax


# MicroPython takes the body's names for the module's from here on, so this comes last.
def class_body():
    class Bad:
        x = 1
        y = fails(x)


show(class_body)
# -> Traceback (most recent call last):
# ->   File "tracebacks.py", line 7, in show
# ->   File "tracebacks.py", line 430, in class_body
# ->   File "tracebacks.py", line 432, in Bad
# ->   File "tracebacks.py", line 16, in fails
# -> ZeroDivisionError: divide by zero

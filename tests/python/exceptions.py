# Exceptions: which clause catches, every way out of try, and what an exception knows.
def ways(how):
    trace = []
    try:
        try:
            trace.append("try")
            if how == "raise":
                raise ValueError(how)
            if how == "other":
                raise KeyError(how)
            if how == "return":
                return trace
            trace.append("end")
        except ValueError as e:
            trace.append("except")
        else:
            trace.append("else")
        finally:
            trace.append("finally")
        trace.append("after")
    except KeyError as e:
        trace.append("outer " + repr(e))
    return trace


for how in "nothing", "raise", "other", "return":
    print(how, ways(how))
# -> nothing ['try', 'end', 'else', 'finally', 'after']
# -> raise ['try', 'except', 'finally', 'after']
# -> other ['try', 'finally', "outer KeyError('other',)"]
# -> return ['try', 'finally']


def loops():
    out = []
    for i in range(6):
        try:
            if i == 1:
                continue
            if i == 4:
                break
            out.append(i)
        finally:
            out.append("f%d" % i)
    else:
        out.append("else")
    while True:
        try:
            try:
                break
            finally:
                out.append("inner")
        finally:
            out.append("outer")
    return out


print(loops())  # -> [0, 'f0', 'f1', 2, 'f2', 3, 'f3', 'f4', 'inner', 'outer']


def override():
    try:
        return "try"
    finally:
        return "finally"


def swallow():
    for i in range(3):
        try:
            1 / 0
        finally:
            if i < 2:
                continue
            break
    return "swallowed"


def swallow_return():
    try:
        raise ValueError
    finally:
        return "returned"


def value_kept():
    x = 1
    try:
        return x
    finally:
        x = 2


def raise_in_finally():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")


def raise_in_except():
    try:
        raise ValueError("first")
    except ValueError:
        raise KeyError("second")
    finally:
        print("cleaned")


def raise_in_else():
    try:
        pass
    except KeyError:
        print("not here")
    else:
        raise KeyError("from else")


print(override(), swallow(), swallow_return(), value_kept())  # -> finally swallowed returned 1
for f in raise_in_finally, raise_in_except, raise_in_else:
    try:
        f()
    except Exception as e:
        print(repr(e))
# -> KeyError('second',)
# -> cleaned
# -> KeyError('second',)
# -> KeyError('from else',)


def reraise():
    try:
        try:
            [][1]
        except IndexError:
            print("once")
            raise
    except LookupError as e:
        print("twice", type(e).__name__)
        try:
            raise e
        except IndexError as e2:
            print(e2 is e)


reraise()
# -> once
# -> twice IndexError
# -> True


# The exception being handled is the innermost one, and is back after an inner one.
def nested():
    try:
        raise ValueError("outer")
    except ValueError as o:
        try:
            raise KeyError("inner")
        except KeyError:
            pass
        try:
            raise
        except ValueError as again:
            print(again is o)


nested()  # -> True


class E1(Exception):
    pass


class E2(E1):
    pass


def which(e):
    try:
        raise e
    except (KeyError, IndexError):
        return "tuple"
    except E2:
        return "E2"
    except E1 as x:
        return "E1", x.args
    except:
        return "bare"


print(which(KeyError), which(IndexError()), which(E2()), which(E1(1, 2)), which(ValueError), which(KeyboardInterrupt))
# -> tuple tuple E2 ('E1', (1, 2)) bare bare


def attempt(f):
    try:
        f()
    except BaseException as e:
        print(type(e).__name__ + ":", e, e.args)


def bad_raise():
    raise 5


def from_cause():
    raise ValueError("with cause") from KeyError("k")


attempt(bad_raise)
# -> TypeError: exceptions must derive from BaseException ('exceptions must derive from BaseException',)
attempt(lambda: 1 / 0)  # -> ZeroDivisionError: divide by zero ('divide by zero',)
attempt(lambda: {}["k"])  # -> KeyError: k ('k',)
attempt(lambda: [][0])  # -> IndexError: list index out of range ('list index out of range',)
attempt(lambda: undefined_name)
# -> NameError: name 'undefined_name' isn't defined ("name 'undefined_name' isn't defined",)
attempt(lambda: None.attribute)
# -> AttributeError: 'NoneType' object has no attribute 'attribute' ("'NoneType' object has no attribute 'attribute'",)
attempt(lambda: int("x"))
# -> ValueError: invalid syntax for integer with base 10: 'x' ("invalid syntax for integer with base 10: 'x'",)  # board-> ValueError: invalid syntax for integer with base 10 ('invalid syntax for integer with base 10',)
attempt(lambda: 1 + "a")
# -> TypeError: unsupported types for __add__: 'int', 'str' ("unsupported types for __add__: 'int', 'str'",)
attempt(lambda: "a" + 1)
# -> TypeError: unsupported types for __add__: 'str', 'int' ("unsupported types for __add__: 'str', 'int'",)
attempt(lambda: None())  # -> TypeError: 'NoneType' object isn't callable ("'NoneType' object isn't callable",)
attempt(lambda: 5[0])  # -> TypeError: 'int' object isn't subscriptable ("'int' object isn't subscriptable",)
attempt(lambda: len(3))  # -> TypeError: object of type 'int' has no len() ("object of type 'int' has no len()",)
attempt(lambda: iter(3))  # -> TypeError: 'int' object isn't iterable ("'int' object isn't iterable",)
attempt(lambda: -"a")  # -> TypeError: unsupported type for __neg__: 'str' ("unsupported type for __neg__: 'str'",)
attempt(lambda: 1 < "a")
# -> TypeError: unsupported types for __lt__: 'int', 'str' ("unsupported types for __lt__: 'int', 'str'",)
attempt(lambda: {[]: 1})
# -> TypeError: unsupported type for __hash__: 'list' ("unsupported type for __hash__: 'list'",)
attempt(lambda: next(iter([])))  # -> StopIteration:  ()
print(repr(ValueError()), str(ValueError()), repr(ValueError("a")), repr(ValueError("a", 1)), str(ValueError("a", 1)))
# -> ValueError()  ValueError('a',) ValueError('a', 1) ('a', 1)
print(OSError(2), repr(OSError(2)), OSError(2, "x"), OSError(2).errno, StopIteration(4).value)
# -> [Errno 2] ENOENT OSError(2,) [Errno 2] ENOENT: x 2 4
print(isinstance(ValueError(), Exception), issubclass(KeyError, LookupError), issubclass(KeyboardInterrupt, Exception))
# -> True True False
try:
    assert 1 == 1, "not shown"
    assert [], "message"
except AssertionError as e:
    print("AssertionError", e.args)
# -> AssertionError ('message',)
try:
    assert 0
except AssertionError as e:
    print("AssertionError", e.args)
# -> AssertionError ()


def generator_ways():
    try:
        yield 1
        try:
            yield 2
        except KeyError:
            yield "key"
        else:
            yield "else"
    finally:
        yield "finally"


print(list(generator_ways()))  # -> [1, 2, 'else', 'finally']
g = generator_ways()
next(g), next(g)
print(g.throw(KeyError()), list(g))  # -> key ['finally']


def deep(n):
    try:
        if n == 0:
            raise ValueError("bottom")
        deep(n - 1)
    finally:
        order.append(n)


order = []
try:
    deep(5)
except ValueError:
    print(order)
# -> [0, 1, 2, 3, 4, 5]


def forever():
    return forever()


try:
    forever()
except RuntimeError as e:
    print("RuntimeError:", e)
# -> RuntimeError: maximum recursion depth exceeded


def loop_else(n):
    for i in range(5):
        try:
            if i == n:
                break
        except ValueError:
            pass
        else:
            continue
    else:
        return "not found"
    return i


print(loop_else(3), loop_else(9))  # -> 3 not found

# The argument has a name, whatever the exception.
print(ValueError(3).errno, KeyError("k").errno, OSError(2).errno, ValueError().errno)  # -> 3 k 2 None


# An exception of a builtin type takes no attributes, but forgets where it came from.
def forget(e):
    try:
        raise e
    except ValueError:
        e.__traceback__ = None
    try:
        e.x = 1
    except AttributeError as a:
        print(a)


forget(ValueError(1))  # -> 'ValueError' object has no attribute 'x'

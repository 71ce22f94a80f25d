# Groups of exceptions and except*, which only the grammar of a computer accepts.
import sys


def clauses(make):
    try:
        make()
    except* ValueError as e:
        print("ValueError", e.exceptions)
    except* (TypeError, KeyError) as e:
        print("TypeError or KeyError", e.exceptions)
    else:
        print("else")
    finally:
        print("finally")
    try:
        e
    except NameError:
        print("e is gone")


def several():
    raise ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("n", [ValueError(3), KeyError(4)])])


clauses(several)
# -> ValueError (ValueError(1,), ExceptionGroup('n', [ValueError(3,)]))
# -> TypeError or KeyError (TypeError(2,), ExceptionGroup('n', [KeyError(4,)]))
# -> finally
# -> e is gone


def one():
    raise ValueError(5)


clauses(one)
# -> ValueError (ValueError(5,),)
# -> finally
# -> e is gone
clauses(lambda: None)
# -> else
# -> finally
# -> e is gone


def caught(work):
    try:
        work()
    except BaseException as e:
        return e


def unnamed():
    try:
        raise ExceptionGroup("x", [OSError(1), ValueError(2)])
    except* ValueError:
        pass


def raises():
    try:
        raise ExceptionGroup("x", [ValueError(1), TypeError(2), OSError(3)])
    except* ValueError:
        raise KeyError("new")
    except* TypeError:
        raise


def again():
    try:
        raise TypeError(1)
    except* TypeError:
        raise


def in_else():
    try:
        pass
    except* ValueError:
        print("not this")
    else:
        raise ValueError("else")


for work in unnamed, raises, again, in_else:
    print(repr(caught(work)))
# -> ExceptionGroup('x', [OSError(1,)])
# -> ExceptionGroup('', [KeyError('new',), ExceptionGroup('x', [TypeError(2,), OSError(3,)])])
# -> ExceptionGroup('', [TypeError(1,)])
# -> ValueError('else',)

top = ExceptionGroup("top", [ValueError("a"), ExceptionGroup("sub", [TypeError("b"), ValueError("c")])])
print(top, "|", top.message, "|", len(top.exceptions), isinstance(top, Exception))  # -> top (2 sub-exceptions) | top | 2 True
print(repr(top.subgroup(TypeError)))  # -> ExceptionGroup('top', [ExceptionGroup('sub', [TypeError('b',)])])
print(repr(top.subgroup(lambda e: e.args == ("a",))))  # -> ExceptionGroup('top', [ValueError('a',)])
print(top.subgroup(KeyError), top.split(KeyError)[1] is top)  # -> None False
print([str(part) for part in top.split((TypeError, KeyError))])  # -> ['top (1 sub-exception)', 'top (2 sub-exceptions)']
print(repr(top.derive([KeyError(1)])))  # -> ExceptionGroup('top', [KeyError(1,)])
print(type(BaseExceptionGroup("x", [ValueError()])))  # -> <class 'ExceptionGroup'>
print(type(BaseExceptionGroup("x", [KeyboardInterrupt()])))  # -> <class 'BaseExceptionGroup'>


class Numbered(ExceptionGroup):
    def derive(self, members):
        return Numbered(self.message, members)


print([type(part).__name__ for part in Numbered("d", [ValueError(1), TypeError(2)]).split(ValueError)])
# -> ['Numbered', 'Numbered']

for wrong in (
    lambda: ExceptionGroup("x", []),
    lambda: ExceptionGroup("x", [1]),
    lambda: ExceptionGroup("x", 1),
    lambda: ExceptionGroup("x", [KeyboardInterrupt()]),
    lambda: ExceptionGroup(1, [ValueError()]),
    lambda: ExceptionGroup("x"),
    lambda: top.split(1),
):
    print(repr(caught(wrong)))
# -> ValueError('second argument (exceptions) must be a non-empty sequence',)
# -> ValueError('Item 0 of second argument (exceptions) is not an exception',)
# -> TypeError('second argument (exceptions) must be a sequence',)
# -> TypeError('Cannot nest BaseExceptions in an ExceptionGroup',)
# -> TypeError('BaseExceptionGroup.__new__() argument 1 must be str, not int',)
# -> TypeError('BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)',)
# -> TypeError('expected a function, exception type or tuple of exception types',)


def group_in_clause():
    try:
        one()
    except* ExceptionGroup:
        pass


print(repr(caught(group_in_clause)))
# -> TypeError('catching ExceptionGroup with except* is not allowed. Use except instead.',)


def raised():
    raise ExceptionGroup("top", [caught(one), ExceptionGroup("sub", [TypeError("two\nlines"), KeyError(3)])])


sys.print_exception(caught(raised))
# ->   + Exception Group Traceback (most recent call last):
# ->   |   File "exception_groups.py", line 49, in caught
# ->   |   File "exception_groups.py", line 143, in raised
# ->   | ExceptionGroup: top (2 sub-exceptions)
# ->   +-+---------------- 1 ----------------
# ->     | Traceback (most recent call last):
# ->     |   File "exception_groups.py", line 49, in caught
# ->     |   File "exception_groups.py", line 34, in one
# ->     | ValueError: 5
# ->     +---------------- 2 ----------------
# ->     | ExceptionGroup: sub (2 sub-exceptions)
# ->     +-+---------------- 1 ----------------
# ->       | TypeError: two
# ->       | lines
# ->       +---------------- 2 ----------------
# ->       | KeyError: 3
# ->       +------------------------------------

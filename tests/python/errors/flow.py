# Exceptions on their way: where a traceback ends.
def g():
    yield 1
    raise ValueError("in a generator")  #! ValueError: in a generator


for x in g():
    pass
# ---
def g():
    yield 1
    return 2


next(g())
x = g()
next(x)
next(x)  #! StopIteration: 2
# ---
def g():
    yield


g().send(1)  #! TypeError: can't send non-None value to a just-started generator
# ---
def g():
    try:
        yield
    finally:
        raise KeyError("in finally")  #! KeyError: in finally


x = g()
next(x)
x.close()
# ---
def g():
    yield  #! ValueError: thrown in


x = g()
next(x)
x.throw(ValueError("thrown in"))
# ---
def g():
    yield from 5  #! TypeError: 'int' object isn't iterable


next(g())
# ---
try:
    1 / 0  #! ZeroDivisionError: divide by zero
finally:
    print("finally")
# ---
try:
    1 / 0  #! ZeroDivisionError: divide by zero
except KeyError:
    pass
# ---
try:
    1 / 0  #! ZeroDivisionError: divide by zero
except ZeroDivisionError:
    raise
# ---
try:
    1 / 0
except ZeroDivisionError:
    raise ValueError("instead")  #! ValueError: instead
# ---
try:
    pass
finally:
    [][0]  #! IndexError: list index out of range
# ---
try:
    pass
except:
    pass
else:
    [][1]  #! IndexError: list index out of range
# ---
class M:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False


with M():
    {}[1]  #! KeyError: 1
# ---
class M:
    def __enter__(self):
        raise OSError(2)  #! OSError: [Errno 2] ENOENT

    def __exit__(self, *a):
        return True


with M():
    pass
# ---
class E(Exception):
    pass


raise E("mine", 1)  #! E: ('mine', 1)
# ---
class E(Exception):
    def __str__(self):
        return "told by __str__"


raise E  #! E:
# ---
raise OSError(2)  #! OSError: [Errno 2] ENOENT
# ---
raise OSError(2, "file")  #! OSError: [Errno 2] ENOENT: file
# ---
raise SyntaxError("not really")  #! SyntaxError: not really
# ---
async def f():
    await g()


async def g():
    raise ValueError("below")  #! ValueError: below


f().send(None)
# ---
async def f():
    return 1


f().send(None)  #! StopIteration: 1
# ---
exec("1 / 0")  #! ZeroDivisionError: divide by zero
# ---
eval("(")  #! SyntaxError: invalid syntax
# ---
lambda_ = [lambda: 1 / 0]  #! ZeroDivisionError: divide by zero
lambda_[0]()
# ---
print(
    1,
    2 / 0,  #! ZeroDivisionError: divide by zero
)
# ---
x = [
    1,
    2,
    3 / 0,  #! ZeroDivisionError: divide by zero
]
# ---
def f(a, b):
    return a / b  #! ZeroDivisionError: divide by zero


f(
    1,
    0,
)
# ---
x = 1
if x == 0:
    pass
elif x / 0:  #! ZeroDivisionError: divide by zero
    pass
# ---
for i in range(3):
    if i == 2:
        i / 0  #! ZeroDivisionError: divide by zero
# ---
sorted([3, 1], key=lambda x: x / 0)  #! ZeroDivisionError: divide by zero
# ---
list(map(int, ["1", "x"]))  #! ValueError: invalid syntax for integer with base 10: 'x'  #board! ValueError: invalid syntax for integer with base 10
# ---
class C:
    x = 1
    y = x / 0  #! ZeroDivisionError: divide by zero
# ---
class C:
    def __getattr__(self, name):
        return name / 2  #! TypeError: unsupported types for __truediv__: 'str', 'int'


C().x
# ---
class C:
    def __del__(self):
        pass

    def __repr__(self):
        raise ValueError("in repr")  #! ValueError: in repr


print([C()])
# ---
# The test of a loop stands behind its body in MicroPython, and its line is that of the body's end.
items = [1, 2]
i = 0
while items[i]:
    print(
        i
    )
    i += 1  #! IndexError: list index out of range

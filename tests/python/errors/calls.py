# Calls that do not fit. The line that the traceback ends at says the error; each part is a program of its own.
def f(a, b):
    pass


f(1)  #! TypeError: f() takes 2 positional arguments but 1 were given  #board! TypeError: function takes 2 positional arguments but 1 were given
# ---
def f(a, b=1):
    pass


f()  #! TypeError: f() takes 1 positional arguments but 0 were given  #board! TypeError: function takes 1 positional arguments but 0 were given
# ---
def f(a, b=1):
    pass


f(1, 2, 3)  #! TypeError: f() takes 2 positional arguments but 3 were given  #board! TypeError: function takes 2 positional arguments but 3 were given
# ---
def f(a):
    pass


f(1, a=2)  #! TypeError: function got multiple values for argument 'a'
# ---
def f(a):
    pass


f(b=2)  #! TypeError: unexpected keyword argument 'b'
# ---
def f(*, k):
    pass


f()  #! TypeError: function missing keyword-only argument
# ---
def f(a, *, k):
    pass


f(1, j=2)  #! TypeError: unexpected keyword argument 'j'
# ---
def f(**k):
    pass


f(**{1: 2})  #! TypeError: can't convert 'int' object to str implicitly
# ---
def f(*a):
    pass


f(*5)  #! TypeError: 'int' object isn't iterable
# ---
def f(**k):
    pass


f(**5)  #! AttributeError: 'int' object has no attribute 'keys'
# ---
f = 5
f()  #! TypeError: 'int' object isn't callable
# ---
None()  #! TypeError: 'NoneType' object isn't callable
# ---
"text"()  #! TypeError: 'str' object isn't callable
# ---
class C:
    pass


C()()  #! TypeError: 'C' object isn't callable
# ---
class C:
    def __init__(self, a):
        pass


C()  #! TypeError: __init__() takes 2 positional arguments but 1 were given  #board! TypeError: function takes 2 positional arguments but 1 were given
# ---
class C:
    def __init__(self):
        return 1


C()  #! TypeError: __init__() should return None, not 'int'
# ---
class C:
    def m(self):
        pass


C().m(1)  #! TypeError: m() takes 1 positional arguments but 2 were given  #board! TypeError: function takes 1 positional arguments but 2 were given
# ---
class C:
    def m(self):
        pass


C.m()  #! TypeError: m() takes 1 positional arguments but 0 were given  #board! TypeError: function takes 1 positional arguments but 0 were given
# ---
class C:
    def m():
        pass


C().m()  #! TypeError: m() takes 0 positional arguments but 1 were given  #board! TypeError: function takes 0 positional arguments but 1 were given
# ---
len()  #! TypeError: function takes 1 positional arguments but 0 were given
# ---
len(1, 2)  #! TypeError: function takes 1 positional arguments but 2 were given
# ---
int("12x")  #! ValueError: invalid syntax for integer with base 10: '12x'  #board! ValueError: invalid syntax for integer with base 10
# ---
ord("ab")  #! TypeError: ord() expected a character, but string of length 2 found
# ---
chr(-1)  #! ValueError: chr() arg not in range(0x110000)
# ---
[].append()  #! TypeError: function takes 2 positional arguments but 1 were given
# ---
[].append(1, 2)  #! TypeError: function takes 2 positional arguments but 3 were given
# ---
[].nothing  #! AttributeError: 'list' object has no attribute 'nothing'
# ---
"x".join([1])  #! TypeError: join expects a list of str/bytes objects consistent with self object
# ---
isinstance(1, 5)  #! TypeError: issubclass() arg 2 must be a class or a tuple of classes
# ---
def f():
    return f()  #! RuntimeError: maximum recursion depth exceeded


f()
# ---
(lambda x: y)(1)  #! NameError: name 'y' isn't defined
# ---
def decorator(f):
    raise ValueError("while decorating")  #! ValueError: while decorating


@decorator
def f():
    pass
# ---
def default(x=1 / 0):  #! ZeroDivisionError: divide by zero
    pass
# ---
class Items:
    def __iter__(self):
        return 5


list(Items())  #! TypeError: 'int' object isn't an iterator
# ---
class L(list):
    pass


L()()  #! TypeError: 'L' object isn't callable
# ---
class C(metaclass=type):  #! TypeError: function doesn't take keyword arguments
    pass
# ---
"x".nothing(end=1 / 0)  #! AttributeError: 'str' object has no attribute 'nothing'
# ---
enumerate(start=1, foo=2)  #! TypeError: 'iterable' argument required
# ---
enumerate([], 1, 2, foo=3)  #! TypeError: extra positional arguments given
# ---
enumerate([], foo=3)  #! TypeError: extra keyword arguments given

# Operations that the types do not know.
1 + "a"  #! TypeError: unsupported types for __add__: 'int', 'str'
# ---
"a" + 1  #! TypeError: unsupported types for __add__: 'str', 'int'
# ---
[] + ()  #! TypeError: unsupported types for __add__: 'list', 'tuple'
# ---
{} + {}  #! TypeError: unsupported types for __add__: 'dict', 'dict'
# ---
None + 1  #! TypeError: unsupported types for __add__: 'NoneType', 'int'
# ---
1 - None  #! TypeError: unsupported types for __sub__: 'int', 'NoneType'
# ---
"a" * "b"  #! TypeError: unsupported types for __mul__: 'str', 'str'
# ---
[1] * 1.5  #! TypeError: unsupported types for __mul__: 'list', 'float'
# ---
1 / 0  #! ZeroDivisionError: divide by zero
# ---
1 // 0  #! ZeroDivisionError: divide by zero
# ---
1 % 0  #! ZeroDivisionError: divide by zero
# ---
1.0 / 0  #! ZeroDivisionError: divide by zero
# ---
1.5 // 0.0  #! ZeroDivisionError: divide by zero
# ---
0 ** -1  #! ZeroDivisionError: divide by zero
# ---
1 << -1  #! ValueError: negative shift count
# ---
1.5 & 1  #! TypeError: unsupported types for __and__: 'float', 'int'
# ---
~"a"  #! TypeError: unsupported type for __invert__: 'str'
# ---
-[]  #! TypeError: unsupported type for __neg__: 'list'
# ---
1 < "a"  #! TypeError: unsupported types for __lt__: 'int', 'str'
# ---
[] < 1  #! TypeError: unsupported types for __lt__: 'list', 'int'
# ---
None < None  #! TypeError: unsupported types for __lt__: 'NoneType', 'NoneType'
# ---
{} < {}  #! TypeError: unsupported types for __lt__: 'dict', 'dict'
# ---
1 @ 2  #! TypeError: unsupported types for __matmul__: 'int', 'int'
# ---
x = 1
x += "a"  #! TypeError: unsupported types for __add__: 'int', 'str'
# ---
x = []
x += 5  #! TypeError: 'int' object isn't iterable
# ---
x = None
x -= 1  #! TypeError: unsupported types for __sub__: 'NoneType', 'int'
# ---
"x" in 5  #! TypeError: 'int' object isn't iterable
# ---
5 in "text"  #! TypeError: can't convert 'int' object to str implicitly
# ---
[1][5]  #! IndexError: list index out of range
# ---
[1]["a"]  #! TypeError: list indices must be integers, not str
# ---
(1,)[1]  #! IndexError: tuple index out of range
# ---
"abc"[3]  #! IndexError: string index out of range
# ---
{}["k"]  #! KeyError: k
# ---
{}[[]]  #! KeyError: []
# ---
{[]: 1}  #! TypeError: unsupported type for __hash__: 'list'
# ---
{[]}  #! TypeError: unsupported type for __hash__: 'list'
# ---
5[0]  #! TypeError: 'int' object isn't subscriptable
# ---
None[0]  #! TypeError: 'NoneType' object isn't subscriptable
# ---
x = 5
x[0] = 1  #! TypeError: 'int' object doesn't support item assignment
# ---
x = (1,)
x[0] = 1  #! TypeError: 'tuple' object doesn't support item assignment
# ---
x = "abc"
x[0] = "d"  #! TypeError: 'str' object doesn't support item assignment
# ---
x = []
x[0] = 1  #! IndexError: list index out of range
# ---
x = [1]
del x[1]  #! IndexError: list index out of range
# ---
x = {}
del x["k"]  #! KeyError: k
# ---
x = (1,)
del x[0]  #! TypeError: 'tuple' object doesn't support item deletion
# ---
a, b = 1, 2, 3  #! ValueError: too many values to unpack (expected 2)
# ---
a, b = [1]  #! ValueError: need more than 1 values to unpack
# ---
a, b = 5  #! TypeError: 'int' object isn't iterable
# ---
a, *b, c = [1]  #! ValueError: need more than 1 values to unpack
# ---
for x in 5:  #! TypeError: 'int' object isn't iterable
    pass
# ---
for x, y in [(1, 2, 3)]:  #! ValueError: too many values to unpack (expected 2)
    pass
# ---
[x for x in None]  #! TypeError: 'NoneType' object isn't iterable
# ---
list(5)  #! TypeError: 'int' object isn't iterable
# ---
iter(None)  #! TypeError: 'NoneType' object isn't iterable
# ---
next([])  #! TypeError: 'list' object isn't an iterator
# ---
with 5:  #! AttributeError: 'int' object has no attribute '__exit__'
    pass
# ---
raise 5  #! TypeError: exceptions must derive from BaseException
# ---
raise int  #! TypeError: exceptions must derive from BaseException
# ---
assert 1 == 2, "told"  #! AssertionError: told
# ---
assert 0  #! AssertionError:
# ---
"%d" % "x"  #! TypeError: can't convert str to int
# ---
"%s %s" % 1  #! TypeError: format string needs more arguments
# ---
"%d %d" % (1, 2, 3)  #! TypeError: format string didn't convert all arguments
# ---
"{} {}".format(1)  #! IndexError: tuple index out of range
# ---
"{:d}".format("x")  #! ValueError: unknown format code 'd' for object of type 'str'
# ---
class C:
    def __add__(self, other):
        return NotImplemented


C() + 1  #! TypeError: unsupported types for __add__: 'C', 'int'
# ---
class C:
    def __eq__(self, other):
        return self.missing  #! AttributeError: 'C' object has no attribute 'missing'


C() == 1
# ---
hash([])  #! TypeError: unsupported type for __hash__: 'list'
# ---
hash({})  #! TypeError: unsupported type for __hash__: 'dict'
# ---
sum(["a"])  #! TypeError: unsupported types for __add__: 'int', 'str'
# ---
max([])  #! ValueError: arg is an empty sequence
# ---
int([])  #! TypeError: can't convert list to int
# ---
float("x")  #! ValueError: invalid syntax for number
# ---
2 ** "a"  #! TypeError: unsupported types for __pow__: 'int', 'str'
# ---
1 << 1.5  #! TypeError: unsupported types for __lshift__: 'int', 'float'
# ---
1.5 & 1  #! TypeError: unsupported types for __and__: 'float', 'int'
# ---
"a" + True  #! TypeError: unsupported types for __add__: 'str', 'int'
# ---
False - "a"  #! TypeError: unsupported types for __sub__: 'int', 'str'
# ---
(1, 2) < (1, "a")  #! TypeError: unsupported types for __gt__: 'str', 'int'
# ---
[1, "a"] >= [1, 2]  #! TypeError: unsupported types for __ge__: 'str', 'int'
# ---
sorted([1, "a"])  #! TypeError: unsupported types for __lt__: 'int', 'str'
# ---
[3, None, 1, 2].sort(reverse=True)  #! TypeError: unsupported types for __lt__: 'NoneType', 'int'
# ---
1 in 5  #! TypeError: unsupported types for : 'int', 'int'
# ---
"a" in 5  #! TypeError: 'int' object isn't iterable
# ---
... + 1  #! TypeError: unsupported types for __add__: '', 'int'
# ---
type(NotImplemented)()  #! TypeError: can't create '' instances
# ---
int.x = 1  #! AttributeError: 'type' object has no attribute 'x'
# ---
class A:
    pass


del A.x  #! AttributeError: 'type' object has no attribute 'x'
# ---
try:
    1 / 0  #! TypeError: unsupported types for : 'ZeroDivisionError', 'type'
except int:
    pass

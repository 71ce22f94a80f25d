# Names: global, nonlocal, del, and where each is looked up.
g = "global"


def reads():
    return g


def writes():
    global g, made
    g = "written"
    made = "here"


def hides():
    g = "local"
    return g


print(reads(), hides(), g)  # -> global local global
writes()
print(reads(), made)  # -> written here


def late():
    return defined_later


try:
    late()
except NameError as e:
    print("NameError:", e)
# -> NameError: name 'defined_later' isn't defined
defined_later = 1
print(late())  # -> 1
del defined_later
try:
    late()
except NameError as e:
    print("NameError:", e)
# -> NameError: name 'defined_later' isn't defined


def local_unbound(flag):
    if flag:
        v = 1
    return v


print(local_unbound(True))  # -> 1
try:
    local_unbound(False)
except NameError as e:
    print("NameError:", e)
# -> NameError: local variable referenced before assignment


def deleted():
    v = 1
    del v
    try:
        v
    except NameError as e:
        print("NameError:", e)
    try:
        del v
    except NameError as e:
        print("NameError:", e)
    v = 2
    return v


print(deleted())
# -> NameError: local variable referenced before assignment
# -> NameError: local variable referenced before assignment
# -> 2


def after_loop():
    for i in []:
        pass
    try:
        return i
    except NameError as e:
        return str(e)


print(after_loop())  # -> local variable referenced before assignment


def after_try():
    try:
        v = int("x")
    except ValueError:
        pass
    try:
        return v
    except NameError as e:
        return str(e)


print(after_try())  # -> local variable referenced before assignment

# A builtin's name can be taken, and given back.
len = lambda x: "mine"
print(len([]))  # -> mine
del len
print(len([]))  # -> 0


def shadow_builtin(list):
    print = str
    return print(list)


print(shadow_builtin(5))  # -> 5


def enumerate(n):
    return ["my", "enumerate"][:n]


for x in enumerate(2):
    print(x)
# -> my
# -> enumerate
del enumerate
print(list(enumerate("a")))  # -> [(0, 'a')]


def sum(x):
    return "my sum"


print(sum(v for v in (1, 2)))  # -> my sum
del sum
print(sum(v for v in (1, 2)))  # -> 3


class Body:
    g = g + " in class"
    copy = g

    def method(self):
        return g

    def clash(self):
        global from_method
        from_method = "set in a method"


print(Body.copy, Body().method())  # -> written in class written
Body().clash()
print(from_method)  # -> set in a method


def global_in_nested():
    x = "enclosing"

    def inner():
        global x
        x = "module"

    inner()
    return x


print(global_in_nested(), x)  # -> enclosing module
print("g" in globals(), globals()["g"], "nothing" in globals(), __name__)  # -> True written False __main__
globals()["dynamic"] = 5
print(dynamic)  # -> 5
del globals()["dynamic"]
try:
    dynamic
except NameError as e:
    print("NameError:", e)
# -> NameError: name 'dynamic' isn't defined
a = b = c = 1
del a, (b, c)
print([n for n in ("a", "b", "c") if n in globals()])  # -> []
for loop_variable in (1, 2):
    pass
print(loop_variable)  # -> 2
import sys as system

print(system.__name__)  # -> sys

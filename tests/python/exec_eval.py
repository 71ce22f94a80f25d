# exec, eval and compile.
x = 1
print(eval("x + 1"), eval("[i for i in range(3)]"), eval("(lambda a: a * 2)(4)"))  # -> 2 [0, 1, 2] 8
exec("x = 5\ny = x * 2")
print(x, y)  # -> 5 10
names = {"a": 2}
exec("b = a + 1\ndef f(): return a + b", names)
print(names["b"], names["f"](), eval("a * b", names))  # -> 3 5 6
names["a"] = 100
print(names["f"]())  # -> 103
print(eval("a + c", {"a": 1}, {"c": 2}))  # -> 3
outer, inner = {"k": 1}, {}
exec("k = 2\nm = k", outer, inner)
print(outer["k"], inner["k"], inner["m"])  # -> 1 2 2
code = compile("x * 3", "name", "eval")
print(eval(code), eval(code, {"x": 4}))  # -> 15 12
code = compile("z = 7\nz += 1", "name", "exec")
exec(code)
print(z)  # -> 8
for line in "1 + 1", "'shown'", "None", "x = 3", "x":
    exec(compile(line, "name", "single"))
# -> 2
# -> 'shown'
# -> 3


def in_function():
    x = "local"
    return eval("x"), eval("v", {"v": x})


print(in_function())  # -> (3, 'local')


def attempt(f, *args):
    try:
        print(f(*args))
    except BaseException as e:
        print(type(e).__name__ + ":", e)


attempt(eval, "1 +")  # -> SyntaxError: invalid syntax
attempt(eval, "x = 1")  # -> SyntaxError: invalid syntax
attempt(exec, "x = = 1")  # -> SyntaxError: invalid syntax
attempt(exec, "  x = 1")  # -> IndentationError: unexpected indent
attempt(eval, "undefined")  # -> NameError: name 'undefined' isn't defined
attempt(exec, "return 5")  # -> SyntaxError: 'return' outside function
attempt(exec, "break")  # -> SyntaxError: 'break'/'continue' outside loop
attempt(eval, "")  # -> SyntaxError: invalid syntax
attempt(compile, "1", "f", "bad")  # -> ValueError: bad compile mode
attempt(exec, "raise SystemExit(3)")  # -> SystemExit: 3
attempt(exec, "def f(a, a): pass")  # -> SyntaxError: argument name reused
attempt(exec, "nonlocal q")  # -> SyntaxError: can't declare nonlocal in outer code
attempt(exec, "yield 1")  # -> SyntaxError: 'yield' outside function
attempt(exec, "x: int\nprint('annotated')")
# -> annotated
# -> None
exec("class C:\n  def m(self):\n    return 'made'\n")
print(C().m())  # -> made
exec("import sys as s")
print(s.__name__)  # -> sys
exec("")
exec("# only a comment")
exec("print('one'); print('two')")
# -> one
# -> two
exec("for i in range(2): print(i)")
# -> 0
# -> 1
exec("if 1:\n\tprint('tab')\n")  # -> tab
exec(b"print('bytes')")  # -> bytes
g = {}
exec("def gen():\n  yield 1\n  yield 2\n", g)
print(list(g["gen"]()))  # -> [1, 2]
exec("def outer_f():\n  k = 0\n  def inc():\n    nonlocal k\n    k += 1\n    return k\n  return inc\n", g)
inc = g["outer_f"]()
print(inc(), inc())  # -> 1 2
print(eval("eval('1 + 1') + 1"))  # -> 3
exec("exec('deep = 9')")
print(deep)  # -> 9
print(sorted(k for k in g if k[0] != "_"))  # -> ['gen', 'outer_f']

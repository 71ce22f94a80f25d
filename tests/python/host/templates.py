# t-strings: the texts and the values of a template, not yet put together.
from string.templatelib import Interpolation, Template
import string

name = "Wörld"
t = t"Hello {name}!"
print(t.strings, len(t.interpolations), t.values[0] is name)  # -> ('Hello ', '!') 1 True
print(t)  # -> Template(strings=('Hello ', '!'), interpolations=(Interpolation('Wörld', 'name', None, ''),))
print(type(t) is Template, string.templatelib.Template is Template)  # -> True True

i = t"{ 2 + 3 !r:>{4 + 1}}".interpolations[0]
print(i.value, repr(i.expression), i.conversion, i.format_spec)  # -> 5 ' 2 + 3' r >5
x = 7
print(t"{x=}".strings, t"{x=}".interpolations[0].conversion)  # -> ('x=', '') r
print(t"{x=:4}".interpolations[0].conversion, t"{x=:4}".interpolations[0].format_spec)  # -> None 4
print(t"{x:{x}{{y}}}".interpolations[0].format_spec, t"{{{x}}}".strings)  # -> 7{y} ('{', '}')
print(rt"\n{x}\t".strings)  # -> ('\\n', '\\t')

both = t"a{1}" + t"b{2}c"
print(both.strings, both.values)  # -> ('a', 'b', 'c') (1, 2)
print([p if isinstance(p, str) else p.value for p in t"{1}{2} x {3}"])  # -> [1, 2, ' x ', 3]
for other in ("text", 5):
    try:
        t + other
    except TypeError as e:
        print("TypeError")
# -> TypeError
# -> TypeError

print(Template("a", "b", Interpolation(1, "n"), Interpolation(2)).strings)  # -> ('ab', '', '')
print(Template())  # -> Template(strings=('',), interpolations=())
print(Interpolation(value=1, format_spec="d"))  # -> Interpolation(1, '', None, 'd')
try:
    Template(3)
except TypeError as e:
    print(e)  # -> expected str or Interpolation
try:
    i.value = 3
except AttributeError:
    print("read only")  # -> read only
print(__template__(("<", ">"), 1, "one", None, ""))  # -> Template(strings=('<', '>'), interpolations=(Interpolation(1, 'one', None, ''),))

# micropython.heap_lock: while the heap is locked, what allocates raises MemoryError and the rest goes on.
import micropython


class Point:
    def __init__(self, x):
        self.x = x

    def move(self, by=1):
        self.x += by
        return self.x


def generator():
    yield 1


def plain(a, b=2):
    return a + b


n = 5
items = [1, 2, 3, 4]
pair = (1, 2)
table = {1: 2}
numbers = {1, 2}
text = "abc"
data = b"abc"
buffer = bytearray(4)
point = Point(1)
error = ValueError("ready")

allocating = {
    "[]": lambda: [],
    "tuple": lambda: (n, n),
    "dict": lambda: {n: 1},
    "set": lambda: {n},
    "list slice": lambda: items[0:2],
    "str slice": lambda: text[0:2],
    "bytes slice": lambda: data[0:2],
    "list +": lambda: items + items,
    "tuple +": lambda: pair + pair,
    "str +": lambda: text + text,
    "bytes +": lambda: data + data,
    "str %": lambda: "%d" % n,
    "upper": lambda: text.upper(),
    "str()": lambda: str(n),
    "repr()": lambda: repr(n),
    "instance": lambda: Point(2),
    "lambda": lambda: lambda: n,
    "generator": lambda: generator(),
    "bytearray": lambda: bytearray(3),
    "bytearray +": lambda: buffer + data,
    "memoryview": lambda: memoryview(data),
    "range": lambda: range(n),
    "items": lambda: table.items(),
    "copy": lambda: numbers.copy(),
    "append": lambda: items.append(5),
    "extend": lambda: items.extend(pair),
    "insert": lambda: items.insert(0, 5),
    "dict key": lambda: table.update({5: 5}),
    "bytearray append": lambda: buffer.append(1),
    "bytearray extend": lambda: buffer.extend(data),
    "list()": lambda: list(pair),
    "sorted": lambda: sorted(pair),
    "exec": lambda: exec("1"),
}

free = {
    "arithmetic": lambda: n * 2 + 1 - n // 2,
    "call": lambda: plain(n),
    "keyword": lambda: plain(a=n),
    "method": lambda: point.move(),
    "constant": lambda: (1, "two", (b"three",)),
    "item": lambda: items[0] + pair[1] + table[1] + data[0],
    "in": lambda: 1 in items and 2 in numbers and "b" in text,
    "builtins": lambda: min(pair) + max(pair) + sum(items) + len(text),
    "pop and append": lambda: items.append(items.pop()),
    "empty": lambda: text + "" == text,
    "from_bytes": lambda: int.from_bytes(data, "little"),
    "attribute": lambda: point.x,
}


def attempt(f):
    result = "ok"
    micropython.heap_lock()
    try:
        f()
    except MemoryError:
        result = "MemoryError"
    micropython.heap_unlock()
    return result


print([name for name in allocating if attempt(allocating[name]) != "MemoryError"])  # -> []
print([name for name in free if attempt(free[name]) != "ok"])  # -> []
print(items, table, buffer, numbers == {1, 2})  # -> [1, 2, 3, 4] {1: 2} bytearray(b'\x00\x00\x00\x00') True


def loops():
    total = 0
    micropython.heap_lock()
    for i in range(3):
        total += i
    for i in items:
        total += i
    for key in table:
        total += key
    a, b = pair
    buffer[1:3] = b"xy"
    micropython.heap_unlock()
    return total + a + b


print(loops(), buffer)  # -> 17 bytearray(b'\x00xy\x00')


def exceptions():
    caught = None
    micropython.heap_lock()
    try:
        raise error
    except ValueError as e:
        caught = e
    try:
        missing
    except NameError as e:
        print(type(e).__name__, e, e.args[0])
    try:
        []
    except MemoryError as e:
        print(e)
    micropython.heap_unlock()
    return caught


print(exceptions() is error)
# -> NameError name 'missing' isn't defined name 'missing' isn't defined
# -> memory allocation failed, heap is locked
# -> True

# Locks nest.
micropython.heap_lock()
micropython.heap_lock()
print(micropython.heap_unlock())  # -> 1
try:
    [n]
except MemoryError:
    print("MemoryError")  # -> MemoryError
print(micropython.heap_unlock(), [n])  # -> 0 [5]

# A traceback is cleared by storing None.
import sys

error.__traceback__ = None
sys.print_exception(error)  # -> ValueError: ready

# micropython.schedule: callbacks run soon, in order, and never within each other.
import micropython

order = []


def wait(n):
    for _ in range(1000):
        if len(order) >= n:
            break


def inner(x):
    order.append(x)


def outer(x):
    micropython.schedule(inner, x + 1)
    for _ in range(50):
        pass
    order.append(x)


for i in (0, 10):
    micropython.schedule(outer, i)
    wait(len(order) + 2)
print(order)  # -> [0, 1, 10, 11]


def fill(_):
    n = 0
    try:
        for n in range(100):
            micropython.schedule(inner, n)
    except RuntimeError as e:
        order.append(e)


order.clear()
micropython.schedule(fill, None)
wait(5)
print(order[0], order[1:5])  # -> schedule queue full [0, 1, 2, 3]


def fail(x):
    raise ValueError(x)


# What a callback raises is printed, and the program goes on.
micropython.schedule(fail, "in a callback")
micropython.schedule(inner, "after it")
order.clear()
wait(1)
print(order)
# -> Traceback (most recent call last):
# ->   File "scheduling.py", line 46, in fail
# -> ValueError: in a callback
# -> ['after it']

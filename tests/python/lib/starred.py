public = 1
_private = 2


def f():
    return public, _private

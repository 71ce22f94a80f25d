# An exception is complete when the __init__ of the builtin type was called, or its own has returned.
class Early(Exception):
    def __init__(self, x):
        try:
            raise self
        except TypeError as e:
            print(e)
        try:
            self.args
        except AttributeError as e:
            print(e)
        super().__init__(x, 2)
        print(self.args)
        raise self


try:
    Early(1)
except Early as e:
    print(repr(e))
# -> exceptions must derive from BaseException
# -> 'Early' object has no attribute 'args'
# -> (1, 2)
# -> Early(1, 2)


class Late(Exception):
    def __init__(self, x):
        pass


try:
    raise Late(5)
except Late as e:
    print(repr(e), e.args)  # -> Late(5,) (5,)

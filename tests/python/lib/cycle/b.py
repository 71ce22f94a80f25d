print("b begins")
import cycle.a
import sys

name = "b"
print("b sees", hasattr(sys.modules["cycle.a"], "name"))

print("a begins")
import cycle.b

name = "a"
print("a sees", cycle.b.name)

print("one", __name__)
value = 1

# Sorting lists: by our own quicksort and mergesort, a heap, and the builtin with a key.
from measuring import measure


def scattered(n):
    seed = 42
    out = []
    for _ in range(n):
        seed = (seed * 4253 + 1871) % 65521
        out.append(seed)
    return out


def quicksort(a, low, high):
    while low < high:
        pivot = a[(low + high) // 2]
        i, j = low, high
        while i <= j:
            while a[i] < pivot:
                i += 1
            while a[j] > pivot:
                j -= 1
            if i <= j:
                a[i], a[j] = a[j], a[i]
                i += 1
                j -= 1
        quicksort(a, low, j)
        low = i


def mergesort(a):
    if len(a) < 2:
        return a
    middle = len(a) // 2
    left, right = mergesort(a[:middle]), mergesort(a[middle:])
    out = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            out.append(left[i])
            i += 1
        else:
            out.append(right[j])
            j += 1
    return out + left[i:] + right[j:]


def heapsort(a):
    n = len(a)
    for start in range(n // 2 - 1, -1, -1):
        sink(a, start, n)
    for end in range(n - 1, 0, -1):
        a[0], a[end] = a[end], a[0]
        sink(a, 0, end)


def sink(a, at, end):
    while 2 * at + 1 < end:
        child = 2 * at + 1
        if child + 1 < end and a[child + 1] > a[child]:
            child += 1
        if a[at] >= a[child]:
            return
        a[at], a[child] = a[child], a[at]
        at = child


def work(n):
    a = scattered(n)
    quick = a[:]
    quicksort(quick, 0, n - 1)
    heap = a[:]
    heapsort(heap)
    merged = mergesort(a)
    assert quick == heap == merged == sorted(a)
    keyed = sorted(range(n), key=lambda i: (a[i] % 100, i))
    check = 0
    for i, x in enumerate(merged):
        check = (check * 3 + x + keyed[i]) % 1000003
    return check


measure(work, 20000, 1500)

# Counting words in a dict, and sorting them by how often they came.
from measuring import measure

SYLLABLES = ("ba", "do", "ri", "mu", "ten", "sol", "ka", "pe", "lin", "go")


def text(count):
    seed = 12345
    words = []
    for _ in range(count):
        seed = (seed * 1103 + 4721) % 65537
        word = SYLLABLES[seed % 10] + SYLLABLES[seed // 10 % 10]
        if seed % 3 == 0:
            word += SYLLABLES[seed // 100 % 10]
        words.append(word)
    return " ".join(words)


def count_words(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def neighbours(words):
    pairs = {}
    before = words[0]
    for word in words[1:]:
        pair = before, word[0]
        if pair in pairs:
            pairs[pair].add(word)
        else:
            pairs[pair] = {word}
        before = word
    return pairs


def work(count):
    words = text(count).split()
    counts = count_words(words)
    by_count = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    check = 0
    for rank, (word, n) in enumerate(by_count):
        check = (check * 7 + rank * n + len(word)) % 1000003
    return check + sum(len(group) for group in neighbours(words).values())


measure(work, 30000, 3000)

"""Canonical Cap'n Proto messages of one segment, read without their schema (capnproto.org/encoding.html)."""
DEPTH_MAX = 64
ELEMENT_BITS = {0: 0, 1: 1, 2: 8, 3: 16, 4: 32, 5: 64}


class NotCanonical(ValueError):
    pass


class Struct:
    """Data and pointers; what lies past them reads as zero or absent."""

    def __init__(self, data=b"", pointers=()):
        self.data, self.pointers = data, pointers

    def number(self, bits, offset, signed=False):
        if bits == 1:
            at = offset // 8
            return self.data[at] >> offset % 8 & 1 if at < len(self.data) else 0
        width = bits // 8
        return int.from_bytes(self.data[offset * width:(offset + 1) * width], "little", signed=signed)

    def pointer(self, i):
        return self.pointers[i] if i < len(self.pointers) else None

    def bytes(self, i):
        return as_bytes(self.pointer(i))

    def text(self, i):
        return as_text(self.pointer(i))

    def struct(self, i):
        value = self.pointer(i)
        if not isinstance(value, (Struct, type(None))):
            raise NotCanonical("a struct is none")
        return value

    def list(self, i):
        value = self.pointer(i)
        if not isinstance(value, (list, type(None))):
            raise NotCanonical("a list is none")
        return value or []


def as_bytes(value):
    if not isinstance(value, (bytes, type(None))):
        raise NotCanonical("a byte string is none")
    return value


def as_text(value):
    """None when absent. Bytes that are not UTF-8 stay apart as lone surrogates."""
    if value is None:
        return None
    if not isinstance(value, bytes) or value[-1:] != b"\0":
        raise NotCanonical("a text is none")
    return value[:-1].decode(errors="surrogateescape")


def check(holds, text):
    if not holds:
        raise NotCanonical(text)


class Parser:
    """Objects must lie in preorder without gaps, cut to what is not zero."""

    def __init__(self, message):
        check(message and len(message) % 8 == 0, "no whole words")
        self.message, self.end = message, 1

    def word(self, at):
        return int.from_bytes(self.message[at * 8:at * 8 + 8], "little")

    def take(self, words):
        start, self.end = self.end, self.end + words
        check(self.end * 8 <= len(self.message), "runs past the end")
        return start

    def read(self, at, depth=0):
        word = self.word(at)
        if word == 0:
            return None
        check(depth < DEPTH_MAX and word & 3 in (0, 1), "a far, foreign or too deep pointer")
        offset = (word & 0xFFFFFFFF) >> 2
        if word & 3 == 0 and word >> 32 == 0:
            check(offset == (1 << 30) - 1, "an empty struct points elsewhere")
            return Struct()
        check(at + 1 + offset == self.end, "an object is out of order")
        if word & 3 == 1:
            return self.read_list(word >> 32 & 7, word >> 35, depth)
        data, pointers = word >> 32 & 0xFFFF, word >> 48
        start = self.take(data + pointers)
        check(self.cut(start, data, pointers) == (True, True), "a struct is not cut to what is not zero")
        return self.fill(start, data, pointers, depth)

    def cut(self, start, data, pointers):
        return (data == 0 or self.word(start + data - 1) != 0, pointers == 0 or self.word(start + data + pointers - 1) != 0)

    def fill(self, start, data, pointers, depth):
        first = start + data
        return Struct(self.message[start * 8:first * 8], [self.read(first + i, depth + 1) for i in range(pointers)])

    def read_list(self, code, count, depth):
        if code == 6:
            start = self.take(count)
            return [self.read(start + i, depth + 1) for i in range(count)]
        if code == 7:
            return self.read_structs(count, depth)
        bits = ELEMENT_BITS[code] * count
        start = self.take((bits + 63) // 64) * 8
        content, size = self.message[start:self.end * 8], (bits + 7) // 8
        check(not any(content[size:]) and (bits % 8 == 0 or content[size - 1] >> bits % 8 == 0), "padding is not zero")
        return self.scalars(content[:size], code, count)

    @staticmethod
    def scalars(content, code, count):
        if code == 2:
            return content
        width = ELEMENT_BITS[code] // 8
        return [int.from_bytes(content[i * width:(i + 1) * width], "little") if width else 0 for i in range(count)] if code > 2 else [0] * count

    def read_structs(self, words, depth):
        tag = self.word(self.take(1))
        count, data, pointers = (tag & 0xFFFFFFFF) >> 2, tag >> 32 & 0xFFFF, tag >> 48
        check(tag & 3 == 0 and count * (data + pointers) == words and count <= len(self.message), "a list's tag is wrong")
        start, width = self.take(words), data + pointers
        cuts = [self.cut(start + i * width, data, pointers) for i in range(count)]
        check(all(any(c[side] for c in cuts) for side in (0, 1)) if cuts else width == 0, "a list is not cut to what is not zero")
        return [self.fill(start + i * width, data, pointers, depth) for i in range(count)]


def parse(message):
    """The root struct. Bytes that are not canonical: NotCanonical."""
    parser = Parser(message)
    root = parser.read(0)
    check(isinstance(root, Struct) and parser.end * 8 == len(message), "no root struct, or left-over words")
    return root

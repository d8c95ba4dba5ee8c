def area(width, height=1, *, scale=1):
    return width * height * scale


def corners(shape, *extra):
    for corner in shape:
        yield corner


def counter():
    count = 0

    def advance():
        nonlocal count
        count += 1
        return count

    return advance


class Shape:
    def name(self):
        return "shape"

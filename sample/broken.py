"""Somebody is still typing here: all other functions keep their lenses and hovers."""


def before(a, *rest):
    return lambda: (a, rest)


def unfinished(x, y=
    return before(x,


async def after(stream):
    async for item in stream:
        yield item

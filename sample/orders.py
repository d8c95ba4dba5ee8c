"""A tour of CoLens: read the lenses above the functions, hover over names, click a lens."""

import asyncio
from collections import defaultdict


class Order:
    """One line of an order."""

    def __init__(self, product, quantity=1, *, price=0.0):
        self.product = product
        self.quantity = quantity
        self.price = price

    @property
    def total(self):
        return self.quantity * self.price


def counter(start=0, /, *, step=1):
    """Hover over `value`: it is a cell here, and free in `advance`."""
    value = start

    def advance():
        nonlocal value
        value += step
        return value

    return advance


def totals(orders, *extras, **discounts):
    """A generator, because of the `yield`. Its comprehension is inlined from 3.12 on."""
    by_product = defaultdict(float)
    for order in [*orders, *extras]:
        by_product[order.product] += order.total
    names = [name for name in by_product if by_product[name] > 0]
    for name in sorted(names):
        yield name, by_product[name] - discounts.get(name, 0)


async def watch(queue):
    """An asynchronous generator: pick 3.8 as the target version and see what changes."""
    while (order := await queue.get()) is not None:
        yield order.product, order.total


def shipping(weight, country="NL", *, express=False, insured=None):
    rate = 4.5 if country == "NL" else 9.0
    return max((rate, weight * (2 if express else 1)), key=lambda cost: cost + (insured or 0))


async def main():
    queue = asyncio.Queue()
    for product in ("apple", "pear"):
        await queue.put(Order(product, 3, price=0.5))
    await queue.put(None)
    async for product, total in watch(queue):
        print(product, total, shipping(total, "BE", express=True))


if __name__ == "__main__":
    asyncio.run(main())

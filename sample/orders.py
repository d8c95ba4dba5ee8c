"""A tour of CoLens: read the lenses, hover over names, click a lens."""

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
    """Hover over `value`: a cell here, and free in `advance`."""
    value = start

    def advance():
        nonlocal value
        value += step
        return value

    return advance


def totals(orders, *extras, **discounts):
    """Its comprehension is inlined from 3.12 on: pick an older target."""
    by_product = defaultdict(float)
    for order in [*orders, *extras]:
        by_product[order.product] += order.total
    names = [name for name in by_product if by_product[name] > 0]
    for name in sorted(names):
        yield name, by_product[name] - discounts.get(name, 0)


async def watch(queue):
    while (order := await queue.get()) is not None:
        yield order.product, order.total


def shipping(weight, country="NL", *, express=False, insured=None):
    """What it costs to send an order."""
    rate = 4.5 if country == "NL" else 9.0
    costs = (rate, weight * 2) if express else (rate,)
    return max(costs, key=lambda cost: cost + (insured or 0))


async def main():
    queue = asyncio.Queue()
    for product in ("apple", "pear"):
        await queue.put(Order(product, 3, price=0.5))
    await queue.put(None)
    async for product, total in watch(queue):
        print(product, total, shipping(total, "BE", express=True))


if __name__ == "__main__":
    asyncio.run(main())

"""The best order of a few visits by trying every one: permutations with every choice of pauses."""

from itertools import permutations, product

from scheduler.walks.timetable import PAUSE


def every_order(count):
    """Yield each order of *count* visits with each choice of pauses between them."""
    for visits in permutations(range(count)):
        for pauses in product((False, True), repeat=max(0, count - 1)):
            order = []
            for number, i in enumerate(visits):
                if number and pauses[number - 1]:
                    order.append(PAUSE)
                order.append(i)
            yield tuple(order)


def best_cost(table):
    """Return the cost of the best order."""
    return min(table.cost(order) for order in every_order(len(table.visits)))

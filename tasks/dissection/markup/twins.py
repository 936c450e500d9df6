"""A copy of a tree, and which of its elements stand for chosen ones of the original."""

from collections.abc import Iterable
from copy import deepcopy
from itertools import pairwise

from lxml.html import HtmlElement


def copy_with_twins(tree: HtmlElement, elements: Iterable[HtmlElement]) -> tuple[HtmlElement, dict[HtmlElement, HtmlElement]]:
    """The copy, and the twins of `elements` and of what is around them.

    A twin is sought by its place among its siblings: few are asked for, while pairing both trees would make an object of each element.
    """
    copy = deepcopy(tree)
    twins = {tree: copy}
    for element in elements:
        branch = [element]
        while branch[-1] not in twins and (outer := branch[-1].getparent()) is not None:
            branch.append(outer)
        for outer, inner in pairwise(reversed(branch)):
            twins[inner] = twins[outer][outer.index(inner)]
    return copy, twins

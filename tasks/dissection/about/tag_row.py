"""A row of links that may be the tags of an article."""

from dataclasses import dataclass

from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class TagRow:
    """Links that stand together. `agreeing` of them say what the page declares as its keywords."""

    element: HtmlElement
    texts: tuple[str, ...]
    names: str
    agreeing: int
    is_called: bool  # by its names or a word before it
    is_addressed: bool  # all lead to the stories of a topic

    @property
    def is_sure(self) -> bool:
        """Whether it is a row of tags, whatever the page declares: a single link has to be called so and lead so."""
        return (self.is_called and self.is_addressed) if len(self.texts) == 1 else (self.is_called or self.is_addressed)

    @property
    def is_agreed(self) -> bool:
        """Whether it says what the page declares; of a row that nothing calls so, all has to."""
        if self.is_called or self.is_addressed:
            return self.agreeing == len(self.texts) or (self.agreeing > 1 and self.agreeing > len(self.texts) / 2)
        return self.agreeing == len(self.texts) > 1

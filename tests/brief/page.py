"""An HTML page as a reader and a browser meet it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = {"caption", "dd", "dt", "h1", "h2", "h3", "h4", "li", "p", "td", "th"}
VOID = {"meta", "br", "link", "img", "hr", "input"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """Every element with its text; the text of an element holds that of the elements in it."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def read(cls, html: str) -> Page:
        page = cls()
        page.feed(html)
        page.close()
        page.unclosed = [element.name for element in page.open]
        return page

    def named(self, *names: str) -> list[Element]:
        return [element for element in self.elements if element.name in names]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.name == tag, f"</{tag}> closes <{closed.name}>"
        if tag in BLOCKS:  # a reader sees a gap here
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

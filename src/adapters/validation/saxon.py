"""The XSLT processor, with everything closed that reaches outside it: it opens no address, writes no file and calls no extension."""

from __future__ import annotations

from functools import cache
from typing import Any

from saxonche import PySaxonApiError, PySaxonProcessor  # type: ignore[import-not-found]  # the package has no type information

_FEATURE = "http://saxon.sf.net/feature/"
CLOSED = {f"{_FEATURE}allowedProtocols": "", f"{_FEATURE}allow-external-functions": "false"}
LONGEST_REASON = 300
"""Characters of what it complains about that are told."""


class XsltError(Exception):
    """A stylesheet that cannot be compiled, or that breaks down on a document; the message says where."""


class Saxon:
    """One processor of one process."""

    def __init__(self) -> None:
        self._processor = PySaxonProcessor(license=False)
        for feature, value in CLOSED.items():
            self._processor.set_configuration_property(feature, value)
        self._xslt = self._processor.new_xslt30_processor()

    def compiled(self, stylesheet: str) -> Any:
        """A stylesheet ready to be used. Raises `XsltError`."""
        try:
            return self._xslt.compile_stylesheet(stylesheet_text=stylesheet)
        except PySaxonApiError as fault:
            raise XsltError(_short(fault)) from fault

    def transformed(self, stylesheet: Any, document: str) -> str:
        """What a compiled stylesheet makes of a document. Raises `XsltError`."""
        try:
            return str(stylesheet.transform_to_string(xdm_node=self._processor.parse_xml(xml_text=document)) or "")
        except PySaxonApiError as fault:
            raise XsltError(_short(fault)) from fault


@cache
def saxon() -> Saxon:
    """The one of this process: started at the first need, for it takes seconds and 100 MB."""
    return Saxon()


def _short(fault: PySaxonApiError) -> str:
    return " ".join(str(fault).split())[:LONGEST_REASON]

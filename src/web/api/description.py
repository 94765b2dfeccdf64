"""The OpenAPI document of the interface for programs, made from its routes and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Litestar, Response, Router, get
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, OpenAPIMediaType, Operation, Parameter, RequestBody, Schema, SecurityScheme, Server
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from web.errors import PROBLEM_JSON

if TYPE_CHECKING:
    from litestar.di import Provide
    from litestar.types import ControllerRouterHandler

VERSION = "1"
INTRODUCTION = """
Documents in, events out. Sign in with `Authorization: Bearer dbk_…` (a token made with `daybook token create`); it acts as the person it
belongs to, within its scopes. Errors are `application/problem+json`: what is not there and what is not yours are both 404.
"""
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457. `detail` is a sentence for a person, `field` what it is about, `code` what to tell the help desk.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "field": {"type": "string"},
        "code": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


@dataclass
class DeliverOperation(Operation):
    """What the route of a delivery reads from the request by itself."""

    def __post_init__(self) -> None:
        """The file as multipart or as the body; the headers that go with it."""
        text = Schema(type=OpenAPIType.STRING)
        file = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
        form = Schema(type=OpenAPIType.OBJECT, properties={"file": file}, required=["file"])
        self.request_body = RequestBody(
            required=True,
            content={"multipart/form-data": OpenAPIMediaType(schema=form), "application/octet-stream": OpenAPIMediaType(schema=file)},
        )
        key = "Your own name for this delivery, at most 200 characters: sent again under it, the document stays the same."
        self.parameters = [
            *(self.parameters or []),
            Parameter(name="Idempotency-Key", param_in="header", required=True, schema=text, description=key),
            Parameter(name="X-File-Name", param_in="header", schema=text, description="With the bytes as body: the file's name."),
        ]


def description_route(routes: list[ControllerRouterHandler], dependencies: Mapping[str, Provide], address: str) -> ControllerRouterHandler:
    """The route of the document, made when it is first asked for."""
    made: list[bytes] = []

    @get("/openapi.json", opt={"exclude_from_auth": True}, include_in_schema=False, sync_to_thread=True)
    def openapi_document() -> Response[bytes]:
        """For everybody."""
        if not made:
            made.append(msgspec.json.encode(_described(routes, dependencies, address)))
        return Response(made[0], media_type="application/vnd.oai.openapi+json")

    return openapi_document


def _described(routes: list[ControllerRouterHandler], dependencies: Mapping[str, Provide], address: str) -> dict[str, Any]:
    """An application with these routes only is built for its description, and thrown away."""
    bearer = SecurityScheme(type="http", scheme="bearer", description="A token, `dbk_…`.")
    config = OpenAPIConfig(
        title="Daybook",
        version=VERSION,
        description=INTRODUCTION.strip(),
        servers=[Server(url=address)],
        components=Components(security_schemes={"token": bearer}),
        security=[{"token": []}],
    )
    described = Litestar(
        [Router("/api/v1", route_handlers=routes)], dependencies=dict(dependencies), openapi_config=config, logging_config=None
    )
    return _with_problems(described.openapi_schema.to_schema())


def _with_problems(described: dict[str, Any]) -> dict[str, Any]:
    """Say of every operation how it refuses: in one way, whatever was wrong."""
    components = described["components"]
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    told = {"description": "What is wrong, in a sentence.", "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    components["responses"] = {"Problem": told}
    for path in described["paths"].values():
        for operation in path.values():
            successful = {status: answer for status, answer in operation["responses"].items() if status.startswith("2")}
            operation["responses"] = successful | {family: {"$ref": "#/components/responses/Problem"} for family in ("4XX", "5XX")}
    return described

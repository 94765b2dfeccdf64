"""The interface for programs: `/api/v1`, described by its own OpenAPI document and in `docs/integrators.md`."""

"""The nine profiles of people: three of the office (FEATURES F2), six of a client (FEATURES G7)."""

from __future__ import annotations

from enum import StrEnum


class OfficeProfile(StrEnum):
    """What an employee of the accounting office is."""

    ADMIN = "admin"
    EMPLOYEE = "employee"
    SUPPORT = "support"


class ClientProfile(StrEnum):
    """What a person of the client is in one dossier."""

    ADMINISTRATOR = "administrator"
    FULL_ACCESS = "full_access"
    PROCESSING = "document_processing"
    PROCESSING_ARCHIVE = "document_processing_archive"
    FEEDBACK = "full_feedback"
    DELIVERY = "document_delivery"


Profile = OfficeProfile | ClientProfile

"""What an unexpected error leaves behind: an account of the code, never of what people typed."""

import json
import subprocess
import sys

SCRIPT = """
import logging
from web.logs import configure_logs

def sign_in(email, password):
    raise RuntimeError("the database went away")

configure_logs()
try:
    sign_in("anna@example.be", "een geheim wachtwoord")
except RuntimeError as error:
    logging.getLogger("web.errors").error("request failed: %s", "E1", exc_info=error)
import structlog
try:
    sign_in("anna@example.be", "een geheim wachtwoord")
except RuntimeError as error:
    structlog.get_logger("web").error("request failed", code="E2", exc_info=error)
"""


def test_an_error_is_a_line_of_json_without_the_values_of_variables():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["level"] for line in lines] == ["error", "error"]
    assert all("the database went away" in json.dumps(line) for line in lines)
    assert "geheim" not in done.stderr
    assert "anna@example.be" not in done.stderr

"""What our processes write is for who runs them."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(("module", "first"), [("cli", "parser"), ("worker", "configure_logs"), ("web_process", "configure_logs")])
def test_nobody_else_reads_what_a_process_writes(module, first, tmp_path):
    program = f"import web.{module} as it\nclass Began(Exception): ...\ndef began(*_, **__): raise Began\nit.{first} = began\n"
    program += f"try: it.main()\nexcept Began: open({str(tmp_path / 'file')!r}, 'w').close()\n"
    subprocess.run([sys.executable, "-c", program], check=True)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600

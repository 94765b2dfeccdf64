from uuid import uuid4

import pytest
from argon2 import PasswordHasher

from domain.kernel import Refused
from web.security.passwords import Passwords, check
from world import PASSWORD, QUICK, address


def test_what_is_stored_is_an_argon2id_hash(world):
    passwords = Passwords(world.cell.database)
    passwords.choose(world.user("anna"), "een heel nieuwe zin", address("anna"))
    assert passwords._stored(world.user("anna")).startswith("$argon2id$")


def test_a_hash_made_with_less_work_is_renewed_at_the_next_sign_in(world):
    more = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    passwords = Passwords(world.cell.database, more)
    before = passwords._stored(world.user("anna"))
    assert passwords.matches(world.user("anna"), PASSWORD)
    after = passwords._stored(world.user("anna"))
    assert "m=8,t=1" in before
    assert "m=16,t=2" in after
    assert passwords.matches(world.user("anna"), PASSWORD)


def test_nobody_has_a_password(world):
    passwords = Passwords(world.cell.database, QUICK)
    assert not passwords.matches(None, "there is nobody with this address")
    assert not passwords.matches(uuid4(), "there is nobody with this address")


def test_every_sign_counts(world):
    passwords = Passwords(world.cell.database, QUICK)
    passwords.choose(world.user("anna"), " zin met spaties ", address("anna"))
    assert not passwords.matches(world.user("anna"), "zin met spaties")
    assert passwords.matches(world.user("anna"), " zin met spaties ")


@pytest.mark.parametrize("poor", ["elf tekens!", "anna@voorbeeld.be", "x" * 1001])
def test_a_poor_password_is_refused(poor):
    with pytest.raises(Refused):
        check(poor, "anna@voorbeeld.be")

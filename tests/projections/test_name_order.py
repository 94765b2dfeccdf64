"""Names stand in one order everywhere, whether the program or the database makes the key."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.postgres.ledger_mirror import MIGRATIONS
from adapters.postgres.migrations import migrate
from projections.sorting import PARTICLES, sort_key

KEYS = {
    "De Smet": "smet",
    "d'Hoore & Café": "hoore cafe",
    "D’Hoore": "hoore",
    "'t Hof van Eeden": "hof van eeden",
    "’t Karwei": "karwei",
    "L'Oréal België": "oreal belgie",
    "Van den Berg": "berg",
    "Vande Walle": "walle",
    "Van de Velde-De Clercq": "velde de clercq",
    "Ter Beke": "beke",
    "Het Nieuwsblad": "nieuwsblad",
    "Een Goed Idee": "goed idee",
    "Les Éditions du Nord": "editions du nord",
    "Du Pont": "pont",
    "  «De Standaard» ": "standaard",
    "de": "de",
    "van de": "de",
    "d'": "d",
    "Dexia": "dexia",
    "Denys": "denys",
    "The Phone House": "the phone house",
    "Die Keure": "die keure",
    "L & M Bouw": "l m bouw",
    "Søren Ørsted": "soren orsted",
    "Straßenbau Æbler Œuvre": "strassenbau aebler oeuvre",
    "3M": "3m",
    "": "",
    "&": "",
}
LETTERS = (
    "abcdehilnrstuvz0259 '’.,-&«»ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿ"
    "ŒœŠšŽžŁłŹźŻżĄąĘęĆćŃńŚśČčŘřŮůĚěĐđÐðÞþİıĞğŞşȘșȚțŐőŰű"
)
PIECES = st.one_of(st.sampled_from([*PARTICLES, "d'", "l'", "'t", "L’", "De", "VAN", "Vanden"]), st.text(LETTERS, max_size=6))
NAMES = st.lists(PIECES, max_size=6).flatmap(lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces), "  ".join(pieces)]))


@pytest.fixture
def in_the_database(pool):
    migrate(pool.dsn, pool.schema, {"ledger_mirror": MIGRATIONS})

    def key(name):
        with pool.transaction() as db:
            return db.execute("SELECT mirror_sort_key(%s)", (name,)).fetchone()[0]

    return key


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_a_name_is_looked_up_without_accents_and_the_particles_it_begins_with(in_the_database, name, key):
    assert sort_key(name) == key
    assert in_the_database(name) == key


@settings(max_examples=300, deadline=timedelta(seconds=5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES)
def test_program_and_database_make_the_same_key(in_the_database, name):
    assert in_the_database(name) == sort_key(name)

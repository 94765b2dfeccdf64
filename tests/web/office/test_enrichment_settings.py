"""The panel of a dossier's settings on how its proposals are made."""

from decimal import Decimal

from domain.dossier import Dossier


def state_of(world):
    return world.bench.log.load(Dossier, world.bakery).state


def save(world, **fields):
    return world.browser("bart").post(f"/office/dossiers/{world.bakery}/settings/enrichment", data=fields, follow_redirects=False)


def test_what_is_filled_in_is_kept_and_shown(world):
    world.settle()
    saved = save(world, payment_days="30", import_licence="1", account="6123", percent="50")
    assert saved.status_code == 303
    state = state_of(world)
    assert (state.payment_days, state.import_licence, state.deductible) == (30, True, {"6123": Decimal(50)})
    page = world.browser("bart").get(f"/office/dossiers/{world.bakery}/settings").text
    assert 'value="30"' in page
    assert "6143" in page  # the law, as the office has it


def test_what_is_emptied_is_nothing_again(world):
    world.settle()
    save(world, payment_days="30", import_licence="1", account="6123", percent="50")
    save(world, account="6123")
    state = state_of(world)
    assert (state.payment_days, state.import_licence, state.deductible) == (None, False, {})


def test_a_counterparty_nobody_knows_is_refused_by_name(world):
    world.settle()
    answer = save(world, **{"fallback.purchase": "Iemand anders"})
    assert answer.status_code == 400
    assert state_of(world).fallbacks == {}

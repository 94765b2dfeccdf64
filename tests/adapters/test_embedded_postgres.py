import psycopg


def test_case_and_accents_are_known_to_the_server(database):
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT lower('ÉLÈVE'), unaccent('Liège')").fetchone() == ("élève", "Liege")


def test_the_application_is_no_superuser(database):
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT rolname FROM pg_roles WHERE rolname = current_user AND rolsuper").fetchall() == []

pytest_plugins = ["fixtures.postgres"]

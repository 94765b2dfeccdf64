pytest_plugins = ["fixtures.postgres", "fixtures.worlds", "fixtures.rabbitmq"]

from hypothesis import HealthCheck, settings

pytest_plugins = ["fixtures.postgres", "fixtures.worlds", "fixtures.rabbitmq"]

# A property is about what is true, never about how busy the machine is: speed is measured in benchmarks/.
settings.register_profile("daybook", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("daybook")

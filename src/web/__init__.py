"""The processes and the screens: wiring, portal, office, API."""

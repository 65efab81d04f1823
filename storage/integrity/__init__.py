"""Objects of the integrity side, whatever their kind, and which cases they came from."""

"""Which bodies a message names, in which role, and which of them it complains about."""

"""The administrator: accounts, tokens, and what of the deployment needs a hand. No case is shown."""

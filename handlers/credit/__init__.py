"""The integrity side: its desk for registrar, confirmer, releaser and subject, and what everybody reads."""

"""Registers beside the records: promises, lists, honours, disclosures, mediation, motions, watchers."""

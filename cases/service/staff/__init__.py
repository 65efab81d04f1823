"""Accounts of staff: who they are, who may take a case, which chat is theirs."""

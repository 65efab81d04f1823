"""The supervisor: the board, what waits for a decision, reports, exports, the audit trail."""

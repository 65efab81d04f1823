"""The audit trail, and its anchors as files to publish."""

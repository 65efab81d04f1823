"""The domain core: pure rules about complaints, cases and time. Knows no database, no chat and no page."""

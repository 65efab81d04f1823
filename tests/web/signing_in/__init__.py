"""Who is signed in: passwords, sessions, one-time codes, and the chat that staff link."""

"""What is in force: laws, time limits, calendar, jurisdictions and their packs. Says nothing about a case."""

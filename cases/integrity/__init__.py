"""What follows a confirmed breach of faith: orders, records, their publication, objection, repair, sanctions.

Each object is a record with its own table, on `cases/moves`, as a case is; nothing here stores or shows.
"""

"""The integrity side: tables, requirements and effects of each object, without a database."""

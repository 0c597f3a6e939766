"""Everything that talks to PostgreSQL. Queries are constants where they are run; the schema is in .sql files."""

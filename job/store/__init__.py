"""PostgreSQL: the only package that talks to it. SQL stands as constants in the module that runs it."""

"""How the database came to be what it is; each step is frozen once it has run anywhere."""

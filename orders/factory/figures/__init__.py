"""The figures that a lead looks at, for a period of days.

`reading` asks the database for narrow rows, `counting` works out each figure (each defined in one
sentence in `words`), `charts` lays plots out, `pages` and `views` show them.
"""

"""The plan board: what is planned when, what is late, and re-planning with its effect seen first.

`reading` asks the database, `asking` turns a form into a change of the plan, `pages` puts what is
shown into words.
"""

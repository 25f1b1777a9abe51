"""Products and designs for ads elsewhere: feeds that shops read, and audiences by hashes."""

"""Press-ready PDF: leaves of pure CMYK and pictures with a profile, with bleed, marks and boxes.

Plain Python: a leaf is drawn once (`leaf`), and placed unchanged on its own page (`single`) and on
a sheet of many (`sheets`). Nothing in a file depends on when or where it was made.
"""

"""Papers over many work orders: pull sheet, pick list, cut list, labels, and what goes in the box.

`facts` reads the rows; `pull` and `pick` compute without Django or paper; the others draw.
"""

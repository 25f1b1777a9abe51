"""A product as a workbook: a sheet for each table, its headings in the first row."""

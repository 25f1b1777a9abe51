"""The admin's pages about a product's pictures: its layers, its files, its contact sheet."""

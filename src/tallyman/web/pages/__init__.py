"""The pages: each asks the book, and says which template, object and table answer."""

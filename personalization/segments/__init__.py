"""Groups of people: by rules over facts and events, by lists, and by what is likely."""

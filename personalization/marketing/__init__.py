"""The marketer's room: pages over what the other rooms of the dialogue know and do."""

"""What the shop and the dialogue bring, over time: counted by indexed queries, told as figures."""

"""What customers ask, say and propose, and what they are answered where they asked."""

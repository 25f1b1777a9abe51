"""How orders are paid: ways to pay, charges, refunds, and what providers say of them."""

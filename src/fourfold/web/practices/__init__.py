"""The practice bank: what works, for whom, how well it is shown, and who has adopted it."""

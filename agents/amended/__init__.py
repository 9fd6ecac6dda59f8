"""A fixed order of actions, amended where games show that another action pays."""

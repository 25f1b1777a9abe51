"""From a model to its compiled space: ordering, diagrams of rules, conjunction, price terms."""

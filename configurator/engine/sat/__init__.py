"""Search by a SAT solver: proofs for the diagram, and a fallback where it does not fit."""

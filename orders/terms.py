"""The terms of sale: templates/orders/terms.html shows the current version.

Whoever changes that page changes VERSION too: customers with an open review are asked again.
"""

VERSION = "2026-11"

"""What a marketer may do here, as "app_label.codename"."""

SEE, EDIT = "offering.view_offer", "offering.change_offer"
OFFER_PERMISSIONS = (SEE, EDIT, "offering.add_offer", "offering.view_grant")

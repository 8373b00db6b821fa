"""A plainly fictional force with its cases, and demonstration sign-in."""

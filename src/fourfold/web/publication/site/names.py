"""What the public site calls itself, and where its assets come from."""

from typing import Final

SITE_NAME: Final = "Super-complaints on the record"
LICENCE_NAME: Final = "Creative Commons Attribution 4.0 International"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
SAFE_PLACE: Final = "https://www.bbc.co.uk/weather"
ASSETS: Final = {
    "govuk-frontend.min.css": "vendor/govuk-frontend/govuk-frontend.min.css",
    "govuk-frontend-licence.txt": "vendor/govuk-frontend/LICENSE.txt",
    "fourfold.css": "base/fourfold.css",
    "components.css": "base/components.css",
    "charts.css": "base/charts.css",
    "public.css": "publication/public.css",
    "leave.js": "publication/leave.js",
    "checked.js": "publication/checked.js",
    "mark.svg": "publication/mark.svg",
}

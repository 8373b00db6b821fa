"""`python -m fourfold.web`: the commands of the workspace."""

import sys

from fourfold.web.config.commands import main

sys.exit(main())

"""`python -m fourfold` is the command line."""

import sys

from fourfold.cli.main import main

sys.exit(main())

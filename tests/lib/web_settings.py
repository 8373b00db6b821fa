"""The workspace's settings for tests: an instance folder of their own, else as they are."""

import os
import tempfile

os.environ["FOURFOLD_HOME"] = tempfile.mkdtemp(prefix="fourfold-tests-")
os.environ["FOURFOLD_STAFF_HOST"] = "testserver"

from fourfold.web.config.settings import *  # noqa: F403
from fourfold.web.config.settings import ALLOWED_HOSTS

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost"]

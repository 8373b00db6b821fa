"""The workspace's settings for tests: an instance folder of their own, else as they are."""

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="fourfold-tests-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["FOURFOLD_HOME"] = HOME
os.environ["FOURFOLD_STAFF_HOST"] = "testserver"

from fourfold.web.config.settings import *  # noqa: E402, F403
from fourfold.web.config.settings import ALLOWED_HOSTS, DATABASES  # noqa: E402

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost"]
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:  # a copy of a prepared database; what dies with the test need not reach the disk
    DATABASES["default"]["TEST"] = {"NAME": f"{HOME}/test.sqlite3"}
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

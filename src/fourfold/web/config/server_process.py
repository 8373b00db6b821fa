"""The processes under the supervisor: each ends when the supervisor does, however that ended."""

import importlib.util
import os
import signal
import socket
import threading

from fourfold.web.accountability.commands import load_django

WORKER_MODULE = "fourfold.web.exhibits.engine.worker"
GRACE_SECONDS = 10
KEEP_SECONDS = 75  # longer than proxies and browsers keep a connection: they close first
COMPILED = "compiled_templates"


def answer(descriptor: int, parent_descriptor: int = -1) -> int:
    """Answer requests on a listening socket until told to stop."""
    import uvicorn

    end_with_parent(parent_descriptor)
    load_django()
    from fourfold.web.config.asgi import application

    warm_up()
    is_https = os.environ.get("FOURFOLD_HTTPS", "") == "1"
    config = uvicorn.Config(
        application,
        log_config=None,  # Django's: no query strings, no values
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        # The proxy's word on scheme and address is taken only where a proxy is said to stand.
        proxy_headers=is_https,
        forwarded_allow_ips=os.environ.get("FOURFOLD_PROXY", "127.0.0.1"),
        timeout_keep_alive=KEEP_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])
    return 0


def warm_up() -> None:
    """Compile every template and address now, so that nobody's first page waits for it.

    What was compiled is kept in the instance folder: the next start is two seconds quicker.
    """
    from django.conf import settings
    from django.template import engines
    from django.urls import get_resolver
    from jinja2 import FileSystemBytecodeCache

    kept = settings.INSTANCE.home / COMPILED
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    environment.bytecode_cache = FileSystemBytecodeCache(str(kept))
    for name in environment.list_templates(extensions=["html"]):
        if "/components/" not in name and not name.startswith("govuk_frontend_jinja/"):
            environment.get_template(name)  # which loads what it is made of
    get_resolver().reverse("home")


def has_worker() -> bool:
    """Return whether the engine's worker is part of this installation."""
    try:
        return importlib.util.find_spec(WORKER_MODULE) is not None
    except ModuleNotFoundError:
        return False


def work(parent_descriptor: int = -1) -> int:
    """Run queued jobs until told to stop."""
    end_with_parent(parent_descriptor)
    load_django()
    from fourfold.web.exhibits.engine.worker import run_worker

    run_worker()
    return 0


def end_with_parent(descriptor: int) -> None:
    """Stop this process in the ordinary way when the other end of a pipe closes."""
    if descriptor < 0:
        return

    def wait() -> None:
        os.read(descriptor, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()

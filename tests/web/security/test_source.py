"""What the workspace's own source never does, and where it does the few grave things."""

import ast
import re
from pathlib import Path

import pytest
from django.test import Client

from lib import site_walk

ROOT = Path(__file__).resolve().parents[3]
WEB = ROOT / "src" / "fourfold" / "web"
TREES = {
    str(path.relative_to(WEB)): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(WEB.rglob("*.py"))
    if "migrations" not in path.parts
}
SCRIPTS = [p for p in sorted(WEB.rglob("static/**/*.js")) if "vendor" not in p.parts]
TEMPLATES = sorted(WEB.rglob("jinja2/**/*.html"))
STYLES = [p for p in sorted(WEB.rglob("static/**/*.css")) if "vendor" not in p.parts]

RUNS_PROCESSES = {
    "config/server_supervisor.py", "exhibits/engine/worker.py",
    "config/backup_database.py",  # PostgreSQL's own tools
}  # fmt: skip
CONNECTS = {
    "exhibits/clients/clamav.py",  # the scanner that the operator named
    "config/server.py", "demonstration/trying.py",  # themselves, on the loopback
    "base/assets.py",  # a developer's command that fetches style sheets
}  # fmt: skip
OWN_SOCKET = {"config/server_process.py", "exhibits/engine/queue.py"}  # accepts; asks the host name
BUILDS_SQL = {  # names of our own tables and columns only
    "accountability/guards.py", "accountability/verification.py", "config/backup_database.py",
    "config/instance.py", "cases/search/index.py",
    "measures/selectors/running.py",  # definitions that come with the program, read-only
}  # fmt: skip
BUILDS_PATTERNS = {  # letters are escaped; what stands around them is constant
    "publication/site/routes.py", "recommendations/rules/imports/synonyms.py",
    "supercomplaints/rules/folding.py",  # an officer's quote, looked for however it is spaced
}  # fmt: skip
KEEPS = {"leave.js"}  # public site: that somebody left, and how many pages back the first one is
CRYPTOGRAPHY = {  # the inventory in docs/security/threat-model.md
    "accountability/chain.py", "accountability/heads.py", "base/assets.py", "base/references.py",
    "config/backup_manifest.py", "config/environment.py", "config/server_static.py",
    "exhibits/engine/folder.py", "exhibits/engine/queue.py", "exhibits/engine/tokens.py",
    "exhibits/rules/proposals.py", "exhibits/selectors/proposals.py", "exhibits/storage.py",
    "users/access.py", "users/tokens.py", "cases/views/matching.py",
    "publication/actions/publishing.py", "publication/rules/addresses.py",
    "publication/site/writing.py", "demonstration/press.py", "supercomplaints/selectors/reports.py",
    "supercomplaints/selectors/public_documents.py",
    "measures/rules/definitions.py", "recommendations/rules/collating.py", "base/charts/parts.py",
}  # fmt: skip
OPEN_TO_STRANGERS = {
    "home", "healthz", "readyz", "account_login", "account_logout", "enrol", "step_up",
    "demonstration:roles", "demonstration:sign_in", "demonstration:switch",
    # the public site: for everybody, and made of what was published, of nothing else
    "publication:home", "publication:help", "publication:complaint", "publication:matrix",
    "publication:measure", "publication:practice", "publication:page",
}  # fmt: skip


def imports(tree: ast.Module) -> set[str]:
    """Return the modules that a module imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def calls(tree: ast.Module) -> list[tuple[str, ast.Call]]:
    """Return every call with the name of what is called."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [(ast.unparse(node.func), node) for node in nodes]


def importing(*names: str) -> set[str]:
    """Return our modules that import any of the names."""
    return {
        path for path, tree in TREES.items()
        if any(i == n or i.startswith(f"{n}.") for i in imports(tree) for n in names)
    }  # fmt: skip


def test_no_shell_and_no_evaluation() -> None:
    grave = {"eval", "exec", "compile", "os.system", "os.popen", "__import__"}
    wrong = [(p, name) for p, tree in TREES.items() for name, _ in calls(tree) if name in grave]
    shells = [
        p for p, tree in TREES.items() for _, call in calls(tree)
        if any(k.arg == "shell" and ast.unparse(k.value) != "False" for k in call.keywords)
    ]  # fmt: skip
    assert (wrong, shells, importing("subprocess", "pty", "multiprocessing") - RUNS_PROCESSES) == (
        [], [], set(),
    )  # fmt: skip


def test_nothing_is_unpickled() -> None:
    assert importing("pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle") == set()


def test_only_the_scanner_client_opens_a_connection() -> None:
    network = importing(
        "socket", "http.client", "urllib.request", "smtplib", "ftplib", "requests", "httpx"
    )
    assert network - CONNECTS - OWN_SOCKET == set()


def test_sql_is_never_built_from_text_of_a_person() -> None:
    wrong = []
    for path, tree in TREES.items():
        for name, call in calls(tree):
            is_sql = name.endswith((".execute", ".raw", ".extra")) or name in ("RawSQL", "SQL")
            if is_sql and call.args and not isinstance(call.args[0], ast.Constant):
                wrong.append(path)
    assert set(wrong) - BUILDS_SQL == set()


def test_no_pattern_is_built_from_text_of_a_person() -> None:
    """Patterns are constants of a module; one made in a function must not be."""
    wrong = []
    for path, tree in TREES.items():
        inner = [n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)]
        for node in inner:
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")):
                continue
            if node.func.attr == "escape" or not node.args:  # type: ignore[attr-defined]
                continue
            names = [n.id for n in ast.walk(node.args[0]) if isinstance(n, ast.Name)]
            wrong += [path for n in names if not n.isupper()]
    assert set(wrong) == BUILDS_PATTERNS


def test_cryptography_stands_where_the_inventory_says() -> None:
    assert (
        importing("hashlib", "hmac", "secrets", "cryptography", "django.core.signing")
        == CRYPTOGRAPHY
    )
    weak = re.compile(r"\b(?:md5|sha1|DES|RC4|ECB)\b")
    words = {p: ast.unparse(tree) for p, tree in TREES.items() if p in CRYPTOGRAPHY}
    assert [p for p, text in words.items() if weak.search(text)] == []


def test_secrets_come_from_the_secrets_module() -> None:
    """`random` is for the invented world and for jitter, never for a secret."""
    uses = importing("random", "uuid", "numpy.random")
    assert {p for p in uses if not p.startswith("demonstration/")} == set()


def test_no_secret_stands_in_the_source() -> None:
    patterns = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|SECRET_KEY\s*=\s*[\"']|password\s*=\s*[\"'][^\"']+[\"']|ff1_[\w-]{20}"
    )
    wrong = [
        p
        for p in WEB.rglob("*")
        if p.suffix in (".py", ".html", ".js", ".toml")
        and patterns.search(p.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_scripts_put_text_in_as_text() -> None:
    grave = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|(?:window|parent|opener|top)\.postMessage|callback=|createContextualFragment"
    )
    assert [p.name for p in SCRIPTS if grave.search(p.read_text(encoding="utf-8"))] == []


def test_scripts_keep_nothing_in_the_browser() -> None:
    keeps = re.compile(
        r"localStorage|sessionStorage|indexedDB|caches\.|document\.cookie|serviceWorker"
    )
    found = {p.name: p.read_text(encoding="utf-8") for p in SCRIPTS}
    assert {name for name, text in found.items() if keeps.search(text)} == KEEPS
    kept = re.findall(r"\b(?:kept|keep|forget)\((\w+)", found["leave.js"])
    assert set(kept) == {"LEFT", "NEXT", "name"}


def test_no_source_names_a_strange_host() -> None:
    loads = re.compile(
        r"(?:src|href|action)=[\"']?(?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|(?:import|fetch)\(?\s*[\"'](?:https?:)?//|@import"
    )
    sources = [*SCRIPTS, *TEMPLATES, *STYLES]
    assert [p.name for p in sources if loads.search(p.read_text(encoding="utf-8"))] == []


def test_templates_leave_text_escaped() -> None:
    """One place marks text as safe: data of a passkey ceremony, which holds nothing typed."""
    marks = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(")
    found = [p.name for p in TEMPLATES if marks.search(p.read_text(encoding="utf-8"))]
    assert found == ["passkey_form.html"]


def test_every_dependency_is_pinned_with_its_hash() -> None:
    unpinned = []
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        lines = [
            line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
        ]
        unpinned += [line for line in lines if "==" not in line or "--hash=sha256:" not in line]
        assert not re.search(r"--(?:extra-)?index-url|--find-links|git\+|https?://", text)
    assert unpinned == []


@pytest.mark.django_db
def test_only_meant_pages_are_open_to_strangers() -> None:
    """Whoever is not signed in is sent to sign in (or answered 401) everywhere else."""
    client, opened = Client(raise_request_exception=False), set()
    for address in site_walk.addresses():
        path = re.sub(r"<[^>]+>", "1", address.route)
        for answer in (client.get(f"/{path}"), client.post(f"/{path}")):
            asked_in = "/account/sign-in/" in answer.get("Location", "")
            if answer.status_code < 400 and not asked_in:
                opened.add(address.name)
    assert opened - {"api:openapi-json"} <= OPEN_TO_STRANGERS

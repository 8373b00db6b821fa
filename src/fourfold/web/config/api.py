"""The interface for other programs: the same actions, the same policy, the same ledger."""

from ninja import NinjaAPI

api = NinjaAPI(title="Fourfold", version="1", docs_url=None, urls_namespace="api")

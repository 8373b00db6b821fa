"""Views with integer times, so that the SQL of a question runs on any engine."""

from fourfold.evidence.store.engine import Engine


def add_views(engine: Engine) -> None:
    """Create events_us and occurrences_us: the tables plus started_us and ended_us (BIGINT)."""
    for table in ("events", "occurrences"):
        engine.run(
            f"create or replace view {table}_us as select *, epoch_us(started_at) as started_us,"
            f" epoch_us(coalesce(ended_at, started_at)) as ended_us from {table}"
        )

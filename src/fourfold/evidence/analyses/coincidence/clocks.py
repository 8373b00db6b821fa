"""Exhibits among those compared whose clock differs from that of other records."""

from fourfold.evidence.model.protocols import Tables


def wrong_clocks(tables: Tables) -> dict[str, list[str]]:
    """Name them in a sentence each, per kind of record (linking makes source_clocks)."""
    if not tables.rows(
        "select 1 from information_schema.tables as t where t.table_name = 'source_clocks'"
    ) or not tables.rows("select 1 from source_clocks as c where c.offset_us <> 0 limit 1"):
        return {}
    found = tables.rows(
        "select distinct s.kind, coalesce(x.ref, c.exhibit_id) as ref,"
        " round(c.offset_us / 1e6, 0) as off_s"
        " from (select exhibit_id, offset_us from source_clocks where offset_us <> 0) as c"
        " join events as e on e.exhibit_id = c.exhibit_id"
        " join coincidence_sources as s on s.event_id = e.event_id"
        " left join exhibits as x on x.exhibit_id = c.exhibit_id order by s.kind, ref, off_s"
    )
    sentences: dict[str, list[str]] = {}
    for kind, ref, off_s in found:
        sentences.setdefault(kind, []).append(
            f"Other records put the clock of {ref} off by {off_s:+.0f} s; its times are compared"
            " as stated."
        )
    return sentences

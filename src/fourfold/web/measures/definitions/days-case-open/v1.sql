SELECT c.ref AS ref, c.opened_at AS from_at, c.closed_at AS to_at
FROM cases_case AS c
WHERE c.force_id = :force_id
  AND c.closed_at >= :from_at
  AND c.closed_at < :to_at

SELECT r.ref AS ref,
    CASE WHEN EXISTS (
        SELECT e.id
        FROM cases_report AS e
        WHERE e.case_id = r.case_id AND e.id <> r.id AND e.taken_at < r.taken_at
    ) THEN 1 ELSE 0 END AS counts
FROM cases_report AS r
WHERE r.force_id = :force_id
  AND r.taken_at >= :from_at
  AND r.taken_at < :to_at
  AND r.classification = 'stalking'

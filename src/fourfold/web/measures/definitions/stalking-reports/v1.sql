SELECT r.ref AS ref
FROM cases_report AS r
WHERE r.force_id = :force_id
  AND r.taken_at >= :from_at
  AND r.taken_at < :to_at
  AND r.classification = 'stalking'

SELECT r.ref AS ref, r.taken_at AS from_at, j.joined_at AS to_at
FROM cases_report AS r
LEFT JOIN cases_joining AS j ON j.report_id = r.id
WHERE r.force_id = :force_id
  AND r.taken_at >= :from_at
  AND r.taken_at < :to_at
  AND r.classification = 'stalking'

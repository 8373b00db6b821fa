SELECT r.ref AS ref,
    CASE WHEN r.in_danger_now <> 'not_asked' AND r.fear_of_violence <> 'not_asked'
        THEN 1 ELSE 0 END AS counts
FROM cases_report AS r
WHERE r.force_id = :force_id
  AND r.taken_at >= :from_at
  AND r.taken_at < :to_at

SELECT r.ref AS ref,
    CASE WHEN r.fixated <> 'not_asked' AND r.obsessive <> 'not_asked'
        AND r.unwanted <> 'not_asked' AND r.repeated <> 'not_asked' THEN 1 ELSE 0 END AS counts
FROM cases_report AS r
WHERE r.force_id = :force_id
  AND r.taken_at >= :from_at
  AND r.taken_at < :to_at

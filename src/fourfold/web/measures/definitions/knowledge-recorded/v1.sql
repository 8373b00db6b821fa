SELECT c.ref AS ref,
    CASE WHEN EXISTS (
        SELECT k.id FROM cases_knowledgeevent AS k WHERE k.case_id = c.id
    ) THEN 1 ELSE 0 END AS counts
FROM cases_case AS c
WHERE c.force_id = :force_id
  AND c.opened_at >= :from_at
  AND c.opened_at < :to_at

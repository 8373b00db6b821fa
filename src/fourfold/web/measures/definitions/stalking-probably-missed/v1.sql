SELECT c.ref AS ref,
    CASE WHEN EXISTS (
        SELECT f.id
        FROM cases_recordedcrime AS f
        JOIN cases_offence AS o ON o.id = f.principal_id
        WHERE f.case_id = c.id AND o.is_stalking
    ) OR EXISTS (
        SELECT g.id
        FROM cases_recordedcrime AS g
        JOIN cases_includedoffence AS i ON i.crime_id = g.id
        JOIN cases_offence AS p ON p.id = i.offence_id
        WHERE g.case_id = c.id AND p.is_stalking
    ) THEN 0 ELSE 1 END AS counts
FROM cases_case AS c
WHERE c.force_id = :force_id
  AND c.opened_at >= :from_at
  AND c.opened_at < :to_at
  AND 2 <= (
        SELECT COUNT(n.id)
        FROM cases_occasion AS n
        WHERE n.case_id = c.id AND n.state = 'confirmed'
    )

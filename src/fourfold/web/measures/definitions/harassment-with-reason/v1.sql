SELECT f.ref AS ref, CASE WHEN f.harassment_reason <> '' THEN 1 ELSE 0 END AS counts
FROM cases_recordedcrime AS f
JOIN cases_case AS c ON c.id = f.case_id
JOIN cases_offence AS o ON o.id = f.principal_id
WHERE c.force_id = :force_id
  AND f.recorded_on >= :from_on
  AND f.recorded_on < :until_on
  AND o.is_harassment
  AND NOT o.is_stalking
  AND NOT EXISTS (
        SELECT i.id
        FROM cases_includedoffence AS i
        JOIN cases_offence AS p ON p.id = i.offence_id
        WHERE i.crime_id = f.id AND p.is_stalking
    )

SELECT c.ref AS ref,
    CASE WHEN EXISTS (
        SELECT a.id
        FROM cases_assignment AS a
        JOIN users_user AS u ON u.id = a.user_id
        WHERE a.case_id = c.id AND u.role = 'advocate'
    ) THEN 1 ELSE 0 END AS counts
FROM cases_case AS c
WHERE c.force_id = :force_id
  AND c.opened_at >= :from_at
  AND c.opened_at < :to_at

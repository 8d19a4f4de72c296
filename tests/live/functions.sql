SELECT EXISTS (
    SELECT 1 FROM members AS m
    WHERE m.team_id = sees_team.team_id AND m.user_id = nullif(current_setting('lf.user_id', true), '')::int
)

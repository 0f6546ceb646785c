-- The observations that count on a day: for each number, the first row that printed its latest value.
-- The rules are those of vintage.py (docs/decisions/vintages.md); the condition selects the candidates.
WITH candidates AS MATERIALIZED (
    SELECT
        {address} AS place, number, precedence, value, step, closeness,
        CASE WHEN standing = 0 THEN 0 WHEN closeness = 1 THEN 1 ELSE 2 END AS trust
    FROM observations
    WHERE {condition}
),
-- A second-hand row (closeness 1) counts only where no office's own print is known, a suspect one (standing 0)
-- only where nothing else is.
best AS (
    SELECT number, max(trust) AS trust, min(step) AS finest
    FROM candidates
    GROUP BY number
),
sound AS MATERIALIZED (
    SELECT candidates.*, best.finest
    FROM candidates
    JOIN best ON best.number = candidates.number AND best.trust = candidates.trust
),
-- A coarser row that rounds or cuts off an earlier one repeats it; so does the same figure from anything but a
-- release itself (closeness 4).
repetitions AS (
    SELECT later.place
    FROM sound AS later
    JOIN sound AS earlier ON earlier.number = later.number
    WHERE (later.step > later.finest OR later.closeness < 4)
      AND earlier.precedence < later.precedence
      AND (
        (
            earlier.step < later.step
            AND sign(earlier.value) * sign(later.value) >= 0
            AND abs(earlier.value) - abs(later.value) >= -later.step / 2
            AND abs(earlier.value) - abs(later.value) < later.step
        )
        OR (earlier.step = later.step AND earlier.value = later.value AND later.closeness < 4)
      )
),
news AS MATERIALIZED (
    SELECT place, number, precedence, value, step
    FROM sound
    WHERE place NOT IN (SELECT place FROM repetitions)
),
newest AS (
    SELECT number, max(precedence) AS precedence
    FROM news
    GROUP BY number
),
-- The last row that still printed something else; the value that counts was first printed after it.
changed AS (
    SELECT news.number, max(news.precedence) AS precedence
    FROM news
    JOIN newest ON newest.number = news.number
    JOIN news AS latest ON latest.number = newest.number AND latest.precedence = newest.precedence
    WHERE news.value <> latest.value OR news.step <> latest.step
    GROUP BY news.number
),
first_prints AS (
    SELECT news.number, min(news.precedence) AS precedence
    FROM news
    LEFT JOIN changed ON changed.number = news.number
    WHERE news.precedence > coalesce(changed.precedence, -1)
    GROUP BY news.number
)
SELECT CAST(record AS VARCHAR)
FROM observations
WHERE {address} IN (
    SELECT news.place
    FROM news
    JOIN first_prints ON first_prints.number = news.number AND first_prints.precedence = news.precedence
)

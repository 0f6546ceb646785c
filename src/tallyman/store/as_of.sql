-- The observations that count on a day: for each number, the first row that printed its latest value.
-- The rules are those of vintage.py (docs/decisions/vintages.md); the condition selects the candidates.
WITH candidates AS (
    SELECT
        id, number, value, step, released_on, standing, closeness, record,
        CASE WHEN standing = 0 THEN 0 WHEN closeness = 1 THEN 1 ELSE 2 END AS trust
    FROM observations
    WHERE {condition}
),
ranked AS (
    SELECT
        id, number, value, step, closeness, record, trust,
        row_number() OVER (
            PARTITION BY number ORDER BY released_on, standing, closeness, step DESC, id
        ) AS place,
        max(trust) OVER (PARTITION BY number) AS best_trust,
        min(step) OVER (PARTITION BY number) AS finest
    FROM candidates
),
-- A second-hand row (closeness 1) counts only where no office's own print is known, a suspect one (standing 0)
-- only where nothing else is.
sound AS (
    SELECT id, number, value, step, closeness, record, place, finest
    FROM ranked
    WHERE trust = best_trust
),
-- A coarser row that rounds or cuts off an earlier one repeats it; so does the same figure from anything but a
-- release itself (closeness 4).
repetitions AS (
    SELECT later.id
    FROM sound AS later
    WHERE (later.step > later.finest OR later.closeness < 4)
      AND EXISTS (
        SELECT 1
        FROM sound AS earlier
        WHERE earlier.number = later.number
          AND earlier.place < later.place
          AND (
            (
                earlier.step < later.step
                AND sign(earlier.value) * sign(later.value) >= 0
                AND abs(earlier.value) - abs(later.value) >= -later.step / 2
                AND abs(earlier.value) - abs(later.value) < later.step
            )
            OR (earlier.step = later.step AND earlier.value = later.value AND later.closeness < 4)
          )
      )
),
news AS (
    SELECT
        number, value, step, place, record,
        lag(value) OVER (PARTITION BY number ORDER BY place) AS value_before,
        lag(step) OVER (PARTITION BY number ORDER BY place) AS step_before
    FROM sound
    WHERE id NOT IN (SELECT id FROM repetitions)
),
vintages AS (
    SELECT number, record, row_number() OVER (PARTITION BY number ORDER BY place DESC) AS age
    FROM news
    WHERE value IS DISTINCT FROM value_before OR step IS DISTINCT FROM step_before
)
SELECT CAST(record AS VARCHAR) FROM vintages WHERE age = 1

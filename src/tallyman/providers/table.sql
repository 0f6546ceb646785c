-- From the rows as given (line, value, one text a field) and the codes of their words to rows with their trouble.
CREATE TABLE staged AS
WITH coded AS (
    SELECT
        given.line,
        given.value AS value_text,
        {codes},
        given.product, given.source_url, given.note,
        TRY_CAST(
            TRY_CAST(
                CASE
                    WHEN regexp_full_match(given.value, '{number_pattern}')
                    THEN replace(replace(given.value, '{grouping}', ''), '{decimal}', '.')
                END AS DECIMAL(29, 6)
            ) * {scale} AS DECIMAL(38, 6)
        ) AS value,
        coalesce({reasons}) AS reason
    FROM given
    {joins}
)
SELECT
    * EXCLUDE (reason, value_text, period),
    split_part(period, '/', 1) AS first_day,
    split_part(period, '/', 2) AS last_day,
    coalesce(
        reason,
        CASE
            WHEN value IS NULL THEN 'value "' || value_text || '" is no number with "{decimal}" as its decimal mark'
            WHEN role = 'level' AND indicator <> 'balance' AND value < 0 THEN 'negative trade: ' || value_text
            WHEN reporter = partner THEN 'reporter and partner are both ' || reporter
            WHEN released_on < split_part(period, '/', 2)
            THEN 'released on ' || released_on || ', before the period was over'
        END
    ) AS trouble
FROM coded;

CREATE TABLE repeated AS
SELECT
    indicator, reporter, partner, product, basis, role, unit, currency, first_day, last_day, released_on,
    min(line) AS first_line, min(value) <> max(value) AS contradicted
FROM staged
WHERE trouble IS NULL
GROUP BY indicator, reporter, partner, product, basis, role, unit, currency, first_day, last_day, released_on
HAVING count(*) > 1;

UPDATE staged
SET trouble = CASE
    WHEN contradicted THEN 'the same number has two values on one release day'
    ELSE 'repeats line ' || first_line
END
FROM repeated AS twice
WHERE staged.trouble IS NULL
  AND (staged.line > twice.first_line OR contradicted)
  AND (
    staged.indicator, staged.reporter, staged.partner, staged.product, staged.basis, staged.role, staged.unit,
    staged.currency, staged.first_day, staged.last_day, staged.released_on
  ) = (
    twice.indicator, twice.reporter, twice.partner, twice.product, twice.basis, twice.role, twice.unit,
    twice.currency, twice.first_day, twice.last_day, twice.released_on
  );

-- The finished rows of the ledger's table. The JSON and the hashes are those of model.Observation,
-- ids.content_id vintage.number and vintage.precedence.
CREATE VIEW finished AS
WITH written AS (
    SELECT
        *,
        '{{"indicator":"' || indicator || '","reporter":"' || reporter || '","partner":"' || partner
            || '","product":' || coalesce(CAST(to_json(nullif(product, '')) AS VARCHAR), 'null')
            || ',"basis":"' || basis || '"}}' AS measure,
        CASE
            WHEN value = trunc(value) THEN CAST(CAST(value AS DECIMAL(38, 0)) AS VARCHAR)
            ELSE rtrim(CAST(value AS VARCHAR), '0')
        END AS digits,
        CASE
            WHEN currency <> '' THEN '"' || currency || '"'
            WHEN unit = 'percent' THEN 'null'
            ELSE '"' || unit || '"'
        END AS counted_in
    FROM staged
    WHERE trouble IS NULL
),
described AS (
    SELECT
        *,
        '"provider":"{provider}","measure":' || measure || ',"role":"' || role || '","period":{{"start":"' || first_day
            || '","end":"' || last_day || '","relation":"during","text":null}},"value":"' || digits || '","unit":"'
            || unit || '","currency":' || counted_in || ',"step":{step},"status":"' || status || '","released_on":"'
            || released_on || '","release_kind":"' || release_kind || '"' AS content,
        '"source_url":' || coalesce(CAST(to_json(nullif(source_url, '')) AS VARCHAR), 'null')
            || ',"document_id":null,"note":' || coalesce(CAST(to_json(nullif(note, '')) AS VARCHAR), 'null') || '}}'
            AS remarks,
        '["{provider}",' || measure || ',"' || role || '","' || unit || '",' || counted_in || ',"' || first_day
            || '","' || last_day || '"]' AS printed
    FROM written
),
identified AS (
    SELECT
        *,
        'obs_' || substr(sha256('[{{"id":"",' || content || ',"retrieved_at":null,' || remarks || ']'), 1, 16) AS id
    FROM described
)
SELECT
    line, id, CAST('0x' || substr(sha256(printed), 1, 15) AS BIGINT) AS number,
    (
        (
            (datediff('day', DATE '0001-01-01', CAST(released_on AS DATE)) + 1) * 8 + {standing}
        ) * 8 + {closeness}
    ) * 32 * 16777216 + {fineness} * 16777216 + CAST('0x' || substr(id, 5, 6) AS BIGINT) AS precedence,
    '{provider}' AS provider, indicator, reporter, partner, role, status, release_kind,
    CAST(first_day AS DATE) AS period_start, CAST(last_day AS DATE) AS period_end,
    value, CAST({step_value} AS DECIMAL(38, 9)) AS step, CAST(released_on AS DATE) AS released_on,
    '{{"id":"' || id || '",' || content || ',"retrieved_at":"{retrieved_at}",' || remarks AS record
FROM identified;

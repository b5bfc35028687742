-- The tables of one build while it is made, and the few conversions that every source shares.
-- Keys are kept by checks/, which name the rows that break them.

CREATE TABLE la_code (      -- one row per ONS code a local authority has or had
    source TEXT, file TEXT, new_la_code TEXT, old_la_code TEXT, la_name TEXT, other_name TEXT, region_code TEXT,
    region_name TEXT, valid_from DATE, valid_to DATE, authority_type TEXT
);

CREATE TABLE la_change (    -- one row per predecessor and successor
    source TEXT, file TEXT, effective_date DATE, kind TEXT, predecessor TEXT, successor TEXT
);

CREATE TABLE nhs_area (     -- one row per integrated care board: its ONS and its NHS code
    source TEXT, file TEXT, area_code TEXT, nhs_code TEXT, name TEXT
);

CREATE TABLE nhs_part (     -- one row per sub-ICB location: the integrated care board it is a part of
    source TEXT, file TEXT, part_code TEXT, nhs_code TEXT
);

CREATE TABLE overlap (      -- one row per local authority and integrated care board that overlap
    source TEXT, file TEXT, area TEXT, area_name TEXT, nhs_area_code TEXT, share DOUBLE
);

CREATE TABLE district (     -- one row per lower-tier area: the local authority it lies in
    source TEXT, file TEXT, district_code TEXT, area TEXT
);

CREATE TABLE district_population (  -- one row per lower-tier area: how many people live there
    source TEXT, file TEXT, district_code TEXT, population BIGINT
);

CREATE TABLE membership (   -- one row per programme and local authority
    source TEXT, file TEXT, programme TEXT, area TEXT, area_name TEXT, joined TEXT, evidence TEXT
);

CREATE TABLE neighbour_pair (
    source TEXT, file TEXT, model TEXT, area TEXT, area_name TEXT, neighbour TEXT,
    position INTEGER, closeness TEXT
);

CREATE TABLE boundary (     -- one row per area that is drawn: its shape as GeoJSON
    source TEXT, file TEXT, area TEXT, area_name TEXT, shape TEXT
);

CREATE TABLE release_date ( -- what published files say of releases, in their own words
    source TEXT, file TEXT,
    of_source TEXT,         -- the source whose release it is
    label TEXT,             -- the one indicator of that source it is about; NULL for the file itself
    published TEXT, next_release TEXT,
    stated_in TEXT          -- where in the file it stands
);

CREATE TABLE publication (slug TEXT, title TEXT);

CREATE TABLE source_file (
    path TEXT,              -- in the lake; a member of an archive follows an exclamation mark
    source TEXT, title TEXT, publisher TEXT, publication TEXT, release TEXT, official_url TEXT,
    licence TEXT, obtained TEXT, sha256 TEXT, note TEXT,
    archive_date DATE,      -- when a member of a release archive was made
    publication_title TEXT
);

CREATE TABLE indicator (    -- what each published column or label counts
    source TEXT, label TEXT, indicator TEXT, breakdown TEXT, words TEXT, period_kind TEXT,
    adds_up_within INTEGER
);

CREATE TABLE total (total TEXT, part TEXT);  -- indicators that a metric adds up

CREATE TABLE symbol (source TEXT, published TEXT, status TEXT);

CREATE TABLE note (
    source TEXT, text TEXT, status TEXT, indicators TEXT[], breakdowns TEXT[], areas TEXT[],
    periods TEXT[]
);

CREATE TABLE source (id TEXT, decimals INTEGER, least_areas INTEGER, newest TEXT);

CREATE TABLE selection (    -- the rows that sources select, as text
    source TEXT, file TEXT, label TEXT, area TEXT, area_name TEXT, period TEXT, breakdown TEXT,
    note TEXT, published TEXT
);

CREATE TABLE observation (
    source TEXT, file TEXT, indicator TEXT, breakdown TEXT,
    area TEXT,              -- the area as published: three-digit code, region or ONS code
    area_name TEXT,
    area_code TEXT,         -- its one current ONS code
    time_period TEXT, period_end DATE,
    published TEXT,         -- the cell as published
    value DOUBLE, status TEXT, note TEXT
);

CREATE TABLE metric (
    id TEXT, title TEXT, short_title TEXT, description TEXT, why TEXT, pillar TEXT, topic TEXT,
    topic_title TEXT, position INTEGER, unit TEXT, decimals INTEGER, polarity TEXT,
    multiplier INTEGER, interval TEXT, numerator_indicator TEXT, denominator_indicator TEXT,
    is_published_ratio BOOLEAN, -- the denominator is only what the published value is of
    denominator_period TEXT, population TEXT, year_type TEXT, breakdowns TEXT[], breaks TEXT[],
    caveat TEXT, headline BOOLEAN, may_exceed_100 BOOLEAN, may_be_below_0 BOOLEAN,
    level TEXT, of_metric TEXT, gap TEXT[],     -- one group of another metric less another, or its growth
    published_indicators TEXT[], published_differs TEXT, adopt_published TEXT[],
    signals BOOLEAN, duty TEXT, fact TEXT, counts TEXT[],
    ended TEXT,             -- why no later figure will come
    signed TEXT,            -- what its sign means; NULL where its figures cannot lie below nought
    labels TEXT[]           -- 'value: meaning' where the value is a category
);

-- 'St. Helens' and 'St Helens', 'Kingston Upon Hull, City of' and 'Kingston upon Hull' are one name.
-- Footnote digits are glued to names in tribunal tables. 'City of London' keeps its words.
CREATE MACRO plain_name(name) AS regexp_replace(
    regexp_replace(
        replace(lower(trim(name)), '&', 'and'), '([0-9, ]+$)|(, (city|county) of)|( \(pre lg.*\))', '', 'g'
    ),
    '[^a-z]', '', 'g'
);

-- What a row of the open data standard says of its own level of areas; nothing at any other level.
CREATE MACRO at_level(level, national, regional, authority) AS CASE level
    WHEN 'National' THEN national
    WHEN 'Regional' THEN regional
    WHEN 'Local authority' THEN authority
END;

-- What share a published number is of another, in percent to one decimal; a symbol stays a symbol.
CREATE MACRO share(part, whole) AS coalesce(
    round(100 * TRY_CAST(part AS DOUBLE) / TRY_CAST(whole AS DOUBLE), 1)::TEXT, part
);

-- The month a sheet counts, as its first line has it. Where it names none, the folder is the month of
-- publication, two months after the month counted.
CREATE MACRO month_counted() AS strftime(
    coalesce(
        try_strptime(regexp_extract(getvariable('heading'), ', ([A-Z][a-z]+ 20[0-9][0-9])$', 1), '%B %Y'),
        strptime(split_part(getvariable('file'), '/', 2), '%Y-%m') - INTERVAL 2 MONTH
    ),
    '%Y-%m'
);

-- The school year before one that is published as six digits ('202122'): destinations are published
-- under the year in which they are seen, and shown under the one in which pupils left.
CREATE MACRO year_before(published) AS concat(
    left(published, 4)::INTEGER - 1, lpad((left(published, 4)::INTEGER % 100)::TEXT, 2, '0')
);

-- A year as published, whatever its suffix ('2025 (prov)', '2024-25 (OT)', '202425'), in one form.
CREATE MACRO period_label(kind, published) AS (
    SELECT CASE
        WHEN kind IN ('academic', 'financial') AND first_year IS NOT NULL
            AND second_year = (first_year + 1) % 100
            THEN concat(first_year, if(kind = 'academic', '/', '-'), lpad(second_year::TEXT, 2, '0'))
        WHEN kind IN ('academic', 'financial') AND single_year IS NOT NULL
            THEN concat(
                single_year - 1, if(kind = 'academic', '/', '-'), lpad((single_year % 100)::TEXT, 2, '0')
            )
        WHEN kind = 'january' AND first_year IS NOT NULL AND second_year = (first_year + 1) % 100
            THEN concat('January ', first_year + 1)
        WHEN kind = 'january' AND single_year IS NOT NULL THEN concat('January ', single_year)
        WHEN kind = 'calendar' AND single_year IS NOT NULL THEN single_year::TEXT
        WHEN kind = 'mid_year' AND single_year IS NOT NULL THEN concat('Mid-', single_year)
        WHEN kind = 'term' AND regexp_full_match(published, '(Autumn|Spring|Summer) term 20[0-9]{4}')
            THEN concat(left(published, length(published) - 2), '/', right(published, 2))
        WHEN kind = 'month' AND try_strptime(published, '%Y-%m') IS NOT NULL
            THEN strftime(strptime(published, '%Y-%m'), '%B %Y')
    END
    FROM (
        SELECT
            try_cast(regexp_extract(published, '^(20[0-9]{2})[-/]?([0-9]{2})( \(.*\))?$', 1) AS INTEGER)
                AS first_year,
            try_cast(regexp_extract(published, '^(20[0-9]{2})[-/]?([0-9]{2})( \(.*\))?$', 2) AS INTEGER)
                AS second_year,
            try_cast(regexp_extract(published, '^(20[0-9]{2})( \(.*\))?$', 1) AS INTEGER)
                AS single_year
    )
);

-- The last day of a period, for ordering and for finding the year before. A January census counts
-- as the end of its month, an academic year ends with August.
CREATE MACRO period_end(label) AS CASE
    WHEN label SIMILAR TO '20[0-9]{2}' THEN make_date(label::INTEGER, 12, 31)
    WHEN label SIMILAR TO '20[0-9]{2}/[0-9]{2}' THEN make_date(left(label, 4)::INTEGER + 1, 8, 31)
    WHEN label SIMILAR TO '20[0-9]{2}-[0-9]{2}' THEN make_date(left(label, 4)::INTEGER + 1, 3, 31)
    WHEN label LIKE 'Mid-%' THEN make_date(right(label, 4)::INTEGER, 6, 30)
    WHEN label LIKE 'Autumn term %' THEN make_date(substr(label, 13, 4)::INTEGER, 12, 31)
    WHEN label LIKE 'Spring term %' THEN make_date(substr(label, 13, 4)::INTEGER + 1, 4, 30)
    WHEN label LIKE 'Summer term %' THEN make_date(substr(label, 13, 4)::INTEGER + 1, 8, 31)
    ELSE last_day(try_strptime(label, '%B %Y')::DATE)
END;

-- A day as publishers write it on cover sheets, or as a spreadsheet numbers it; NULL for words.
CREATE MACRO stated_day(stated) AS CASE
    WHEN regexp_full_match(stated, '[34][0-9]{4}') THEN DATE '1899-12-30' + stated::INTEGER
    ELSE try_strptime(
        stated, ['%Y-%m-%d', '%Y-%m-%d %H:%M:%S', '%d/%m/%Y', '%d %B %Y', '%A, %d %b, %Y']
    )::DATE
END;

-- The same for a reader. Where a spreadsheet holds the first of a month, the month is what was meant.
CREATE MACRO stated_words(stated) AS CASE
    WHEN stated_day(stated) IS NULL THEN stated
    WHEN day(stated_day(stated)) = 1 AND regexp_full_match(stated, '[0-9]+')
        THEN strftime(stated_day(stated), '%B %Y')
    ELSE strftime(stated_day(stated), '%-d %B %Y')
END;

-- Published numbers added up. Where one of them is no number, it is given instead of a sum: a symbol
-- that the source explains, or one that stops the build.
CREATE MACRO added_up(published) AS coalesce(
    max(coalesce(published, '')) FILTER (
        NOT regexp_full_match(coalesce(published, ''), '[0-9]+|[0-9]{1,3}(,[0-9]{3})+')
    ),
    sum(try_cast(replace(published, ',', '') AS BIGINT))::TEXT
);

-- Which sources a published value's file was read for: a check names both.
CREATE MACRO source_of(file) AS (
    SELECT string_agg(source_file.source, ' and ' ORDER BY source_file.source)
    FROM source_file
    WHERE source_file.path = file
);

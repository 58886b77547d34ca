-- The plan of 2025 (and 2026) beside the facts. From the repository root, RUN being a run folder:
--   sqlite3 :memory: ".import --csv studies/stargate/facts_2025.csv facts" \
--     "ATTACH 'RUN/results.sqlite' AS plan" ".mode box" ".read studies/stargate/expected/compare_2025.sql"
-- by_construction: yes = a capacity or a committed build was set to the fact, so that a match proves little.

CREATE TEMP TABLE rack AS  -- what halls of one kind hold a MW of campus power, as in the recipes of data/world
  SELECT * FROM (SELECT NULL AS hall, NULL AS h100e) WHERE hall IS NOT NULL
  UNION ALL VALUES ('ai-hall-legacy', 552), ('ai-hall-hopper', 552), ('ai-hall-gb200', 864), ('ai-hall-gb300', 870),
                   ('ai-hall-vr200', 2081), ('ai-hall-mi', 745), ('ai-hall-helios', 2499), ('ai-hall-trainium', 629),
                   ('ai-hall-tpu', 1146), ('ai-hall-tpu-v5', 409), ('ai-hall-ascend', 475), ('ai-hall-rubin-ultra', 2820);
CREATE TEMP TABLE stack AS  -- GB a stack
  SELECT * FROM (SELECT NULL AS commodity, NULL AS gb) WHERE commodity IS NOT NULL
  UNION ALL VALUES ('hbm3', 16), ('hbm3e-8h', 24), ('hbm3e-12h', 36), ('hbm4', 36);

CREATE TEMP VIEW made AS SELECT commodity, year, sum(amount) AS amount FROM plan.made_by_year GROUP BY commodity, year;
CREATE TEMP VIEW halls AS  -- MW running in a quarter (amounts are MW.month)
  SELECT period, region, technology, sum(value) / 3 AS mw FROM plan.value_activity
   WHERE technology LIKE 'ai-hall-%' GROUP BY period, region, technology;
CREATE TEMP VIEW compute AS SELECT period, region, mw * h100e AS h100e FROM halls JOIN rack ON hall = technology;
CREATE TEMP VIEW made_in AS
  SELECT technology, period, sum(value) AS amount FROM plan.value_activity GROUP BY technology, period;
CREATE TEMP VIEW standing AS
  SELECT technology, period, sum(capacity) AS capacity FROM plan.capacity_on_line GROUP BY technology, period;

CREATE TEMP TABLE planned (id TEXT, value REAL);
INSERT INTO planned
  SELECT 'abilene-2025', sum(mw) FROM halls WHERE region = 'abilene' AND period = '2025Q4' UNION ALL
  SELECT 'abilene-2025q3', sum(mw) FROM halls WHERE region = 'abilene' AND period = '2025Q3' UNION ALL
  SELECT 'mw-xai', sum(mw) FROM halls WHERE region = 'xai-us' AND period = '2025Q4' UNION ALL
  SELECT 'mw-world-2025', sum(mw) FROM halls WHERE period = '2025Q4' UNION ALL
  SELECT 'h100e-2025', sum(h100e) + (SELECT amount * 32 * 2.275 FROM made WHERE commodity = 'hgx-blackwell-server' AND year = 2025)
    FROM compute WHERE period = '2025Q4' AND region <> 'china-campuses' UNION ALL
  SELECT 'h100e-' || substr(region, 1, instr(region, '-') - 1), sum(h100e) FROM compute
   WHERE period = '2025Q4' AND substr(region, 1, instr(region, '-') - 1) IN ('google', 'microsoft', 'amazon', 'meta') GROUP BY 1 UNION ALL
  SELECT f.id, sum(m.amount) FROM facts f
    JOIN made m ON instr(';' || f.commodity_or_technology || ';', ';' || m.commodity || ';') AND m.year = 2025
   WHERE f.quantity = 'accelerators made' GROUP BY f.id UNION ALL
  SELECT 'high-end-2025', sum(amount) FROM made WHERE year = 2025
     AND commodity IN ('h100', 'h200', 'b200', 'b300', 'tpu-v7', 'trainium2', 'mi300', 'mi355') UNION ALL
  SELECT 'hbm-' || year, sum(amount * gb) FROM made JOIN stack USING (commodity) WHERE year IN (2025, 2026) GROUP BY year UNION ALL
  SELECT 'cowos-2025', sum(amount) FROM made WHERE commodity IN ('cowos-wafer', 'cowos-l-wafer') AND year = 2025 UNION ALL
  SELECT 'cowos-cap-2025', sum(capacity) FROM standing WHERE technology IN ('cowos', 'cowos-l') AND period = '2025Q4' UNION ALL
  SELECT 'cowos-cap-2026', sum(capacity) FROM standing WHERE technology IN ('cowos', 'cowos-l') AND period = '2026Q4' UNION ALL
  SELECT 'nvl72-' || year, sum(amount) FROM made
   WHERE commodity IN ('gb200-nvl72', 'gb300-nvl72', 'vr200-nvl72') AND year IN (2025, 2026) GROUP BY year UNION ALL
  SELECT 'nvl72-' || lower(period), sum(amount) FROM made_in
   WHERE technology IN ('gb200-nvl72-build', 'gb300-nvl72-build') AND period IN ('2025Q3', '2025Q4') GROUP BY period UNION ALL
  SELECT 'euv-' || year, amount FROM made WHERE commodity = 'euv-scanner' AND year IN (2025, 2026) UNION ALL
  SELECT 'n3-2025', capacity FROM standing WHERE technology = 'n3-logic' AND period = '2025Q4' UNION ALL
  SELECT 'dram-2025', amount FROM made WHERE commodity = 'dram-wafer' AND year = 2025 UNION ALL
  SELECT 'hbm-share-2025', (SELECT sum(amount) FROM made_in WHERE technology = 'hbm-tsv' AND period = '2025Q4')
                         / (SELECT sum(amount) FROM made_in WHERE technology = 'dram-fab' AND period = '2025Q4') UNION ALL
  SELECT 'optics-2025', amount FROM made WHERE commodity = 'transceiver-800g' AND year = 2025 UNION ALL
  SELECT 'wafers-2025', sum(amount * CASE commodity WHEN 'silicon-wafer' THEN 1 ELSE 0.444 END) FROM made
   WHERE commodity IN ('silicon-wafer', 'silicon-wafer-200') AND year = 2025 UNION ALL
  SELECT 'gallium-2025', amount FROM made WHERE commodity = 'gallium' AND year = 2025 UNION ALL
  SELECT 'ree-2025', amount FROM made WHERE commodity = 'rare-earth-ore' AND year = 2025;

SELECT f.id, f.quantity || CASE WHEN f.quantity = 'accelerators made' THEN ': ' || f.commodity_or_technology ELSE '' END AS quantity,
       f.year, printf('%.4g', p.value) AS plan, printf('%.4g', CAST(f.fact AS REAL)) AS fact, f.unit,
       printf('%.2f', p.value / CAST(f.fact AS REAL)) AS ratio, f.by_construction
  FROM facts f LEFT JOIN planned p USING (id) WHERE f.id <> '' ORDER BY f.rowid;

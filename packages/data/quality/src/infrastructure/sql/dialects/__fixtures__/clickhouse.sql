SELECT count(CASE WHEN ((`id` > toInt256('9223372036854775808') AND `we"i\`rd\\` IN ('it\'s', 'a\\b') AND (`x` >= toFloat64('0.5') AND NOT (isNaN(`x`))) AND `at` < toDateTime64('2024-01-31 00:00:00.000000', 6, 'UTC')) OR (lengthUTF8(`we"i\`rd\\`) = 2 AND match(`we"i\`rd\\`, '\\Aa(?:[0-9]){2,300}\\b[^\\x{a}]\\z') AND CASE WHEN toFloat64(`x`) IS NULL OR toFloat64(`d`) IS NULL THEN NULL WHEN isNaN(toFloat64(`x`)) THEN 1 = 1 ELSE toFloat64(`x`) <> toFloat64(`d`) END)) THEN 1 END) AS m0_0, toString(sum(toInt256(`id`))) AS m1_0, avg(CASE WHEN isFinite(`x`) THEN `x` END) AS m2_0, count(CASE WHEN isFinite(`x`) THEN `x` END) AS m2_1, count(CASE WHEN `x` = toFloat64('inf') THEN 1 END) AS m2_2, count(CASE WHEN `x` = toFloat64('-inf') THEN 1 END) AS m2_3, toUnixTimestamp64Micro(toDateTime64(max(`at`), 6, 'UTC')) AS m3_0 FROM t;

SELECT v AS c0 FROM (SELECT (`x` + 0) AS v FROM t WHERE 1 = 1 AND (`x` + 0) IS NOT NULL AND NOT (isNaN((`x` + 0)))) AS s ORDER BY v LIMIT 1 OFFSET 1;

SELECT g0 AS c0, toString(g1) AS c1, n FROM (SELECT `we"i\`rd\\` AS g0, `d` AS g1, count(*) AS n FROM t WHERE 1 = 1 GROUP BY 1, 2) AS g ORDER BY n DESC, g0 NULLS LAST, g1 NULLS LAST LIMIT 5;

SELECT sum(n) AS n FROM (SELECT `id` AS g0, (`x` + 0) AS g1, count(*) AS n FROM t WHERE 1 = 1 GROUP BY 1, 2 HAVING count(*) > 1) AS g;

SELECT toString(`id`) AS c0, toUnixTimestamp64Micro(toDateTime64(`at`, 6, 'UTC')) AS c1 FROM (SELECT *, lag((`x` + 0)) OVER (PARTITION BY CASE WHEN 1 = 1 AND `x` IS NOT NULL AND NOT (isNaN((`x` + 0))) THEN 1 ELSE 0 END ORDER BY `nomaly_row`) AS `nomaly_with0` FROM (SELECT *, row_number() OVER (ORDER BY `id`) AS `nomaly_row` FROM t) AS r) AS w WHERE CASE WHEN 1 = 1 AND `x` IS NOT NULL AND NOT (isNaN((`x` + 0))) AND `nomaly_with0` >= (`x` + 0) THEN 1 = 1 ELSE 1 = 0 END ORDER BY `nomaly_row` LIMIT 20;

SELECT toString(`id`) AS c0 FROM (SELECT *, count(*) OVER (PARTITION BY CASE WHEN 1 = 1 THEN 1 ELSE 0 END, `id`, `d`) AS `nomaly_with0` FROM (SELECT *, row_number() OVER (ORDER BY `id`) AS `nomaly_row` FROM t) AS r) AS w WHERE (1 = 1 AND `nomaly_with0` > 1) ORDER BY `nomaly_row` LIMIT 20;

import { expect, it } from 'vitest'

import { bindCondition } from '../../../domain/bind-condition.ts'
import type { Measure } from '../../../domain/measure.ts'
import { parseRowCondition } from '../../../domain/row-condition.ts'
import { sqlEngine } from '../sql-engine.ts'
import { type SqlDialectName, sqlDialects } from './sql-dialects.ts'

const columns = [
  { name: 'id', physicalType: 'BIGINT' },
  { name: 'we"i`rd\\', physicalType: 'VARCHAR' },
  { name: 'x', physicalType: 'DOUBLE' },
  { name: 'at', physicalType: 'TIMESTAMP' },
  { name: 'd', physicalType: 'DECIMAL(10,2)' },
]
const CONDITION = `id > 9223372036854775808 and "we""i\`rd\\" in ('it''s', 'a\\b') and x >= 0.5 and at < '2024-01-31' or length("we""i\`rd\\") = 2 and "we""i\`rd\\" matches '^a\\d{2,300}\\b.$' and x <> d`

it.each(Object.keys(sqlDialects))('writes the SQL of %s', async (name) => {
  const dialect = name as SqlDialectName
  const engine = sqlEngine({ dialect, query: () => Promise.resolve([]), source: 't', columns, rowOrder: ['id'] })
  const where = bindCondition(parseRowCondition(CONDITION), await engine.columns())
  const all = { op: 'true' } as const
  const measures: ReadonlyArray<Measure> = [
    { kind: 'count', where },
    { kind: 'aggregate', name: 'sum', column: 'id', where: all },
    { kind: 'aggregate', name: 'mean', column: 'x', where: all },
    { kind: 'aggregate', name: 'max', column: 'at', where: all },
    { kind: 'orderStatistic', column: 'x', rank: 1, of: 3, where: all },
    { kind: 'values', columns: ['we"i`rd\\', 'd'], where: all, order: 'count', limit: 5 },
    { kind: 'duplicates', columns: ['id', 'x'], where: all },
    {
      kind: 'rows',
      columns: ['id', 'at'],
      where: { op: 'outOfOrder', column: 'x', descending: false, strictly: true, scope: all },
      limit: 20,
    },
    { kind: 'rows', columns: ['id'], where: { op: 'duplicated', columns: ['id', 'd'], scope: all }, limit: 20 },
  ]
  const statements = await engine.explain(measures)
  await expect(`${statements.join(';\n\n')};\n`).toMatchFileSnapshot(`__fixtures__/${name}.sql`)
})

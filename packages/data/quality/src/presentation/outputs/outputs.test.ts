import { expect, it } from 'vitest'

import { validate } from '../../application/validate.ts'
import type { ValidationResult } from '../../domain/validation-result.ts'
import { memoryEngine } from '../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../infrastructure/memory/records-table.ts'
import { githubAnnotations } from './github-annotations.ts'
import { junitXml } from './junit-xml.ts'

const rows = [
  { id: 1, note: 'a,b: 50%\n<"&\u0001' },
  { id: 1, note: 'fine' },
]
const validated = (): Promise<ValidationResult> =>
  validate(
    {
      name: 'a & b',
      expectations: [
        { type: 'expectTableRowCountToEqual', kwargs: { value: 2 } },
        { type: 'expectColumnValuesToBeInSet', kwargs: { column: 'note', valueSet: ['fine'] }, severity: 'warning' },
        { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'idd' } },
      ],
    },
    memoryEngine(recordsTable(rows), 'orders.csv'),
    { now: () => 0 },
  )

it('writes JUnit that is well formed whatever the values are', async () => {
  const lines = junitXml(await validated()).split('\n')
  expect(lines[2]).toBe(
    '  <testsuite name="a &amp; b" tests="3" failures="1" errors="1" skipped="0" time="0.000" timestamp="1970-01-01T00:00:00.000Z">',
  )
  expect(lines[7]).toBe('    <testcase classname="a &amp; b" name="expectTableRowCountToEqual"/>')
  expect(lines.slice(8).join('\n')).toMatch(
    /<failure type="warning" message="1 unexpected \(50 %\)">arguments: .*\nexamples: a,b: 50%\n&lt;&quot;&amp;\uFFFD<\/failure>/,
  )
  expect(lines.join('\n')).toMatch(
    /<error type="quality\/unknown-column" message="[^"<]*&quot;idd&quot;[^"<]*id[^"<]*">/,
  )
})

it('writes annotations that a value cannot break out of', async () => {
  const [first, second, ...rest] = githubAnnotations(await validated(), 'a,b:c.yml').split('\n')
  expect(first).toBe(
    '::warning file=a%2Cb%3Ac.yml,title=expectColumnValuesToBeInSet::orders.csv, note: 1 unexpected (50 %25); examples: a,b: 50%25%0A<"&\u0001',
  )
  expect(second).toMatch(/^::error .*title=expectColumnValuesToBeUnique::orders\.csv, idd: .*"idd"/)
  expect(rest).toEqual([''])
})

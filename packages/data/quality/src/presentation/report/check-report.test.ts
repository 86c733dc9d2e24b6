import { expect, it } from 'vitest'

import { quarantine, RowGathering } from '../../application/quarantine/quarantine.ts'
import { validate } from '../../application/validate.ts'
import type { Suite } from '../../domain/expectation.ts'
import { keptResult, pointsOf, summaryOf } from '../../domain/history/kept-result.ts'
import { trendOf } from '../../domain/history/trend.ts'
import { maskedValidation } from '../../domain/masking/masked-validation.ts'
import type { ValidationResult } from '../../domain/validation-result.ts'
import { memoryEngine } from '../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../infrastructure/memory/records-table.ts'
import { checkReport } from './check-report.ts'

const rows = Array.from({ length: 60 }, (_, i) => ({ id: i, mail: `someone${i % 4}@example.org`, amount: i - 3 }))
const engine = memoryEngine(recordsTable(rows), 'rows <1>')
const between = (column: string, id?: string): Suite['expectations'][number] => ({
  type: 'expectColumnValuesToBeBetween',
  kwargs: { column, minValue: 0 },
  ...(id === undefined ? {} : { id }),
})

async function checked(suite: Suite, keyColumns: ReadonlyArray<string> = []): Promise<ValidationResult> {
  const gathering = new RowGathering()
  const { onUnexpectedRows } = gathering
  const validation = await validate(suite, engine, { keyColumns, onUnexpectedRows, now: () => 0 })
  return gathering.withSelections(validation, engine)
}

it('shows score, dimensions, what failed by column, failing rows and what selects them', async () => {
  const page = checkReport(await checked({ name: 'orders', expectations: [between('amount'), between('id')] }, ['id']))
  expect(page).toContain('<title>orders: check of rows &lt;1&gt;</title>')
  expect(page).toMatch(/Quality score \(of 100\)<\/dt><dd>97\.5/)
  expect(page).toMatch(/<h2 id="h-column-1">amount \(1 not met\)<\/h2>/)
  expect(page).toMatch(/<h2 id="h-column-2">id<\/h2>/)
  expect(page).toContain('3 unexpected (5 %).')
  expect(page).toMatch(/<caption> ?Failing rows, the first 3<\/caption>.*<td>-3<\/td><td>0<\/td>/)
  expect(page).toMatch(/<summary>What selects these rows<\/summary><pre>.*&quot;comparison&quot;:&quot;&gt;=&quot;/)
})

it('escapes whatever names and values hold, and fetches nothing', async () => {
  const hostile = '"><script>alert(1)</script>'
  const table = memoryEngine(recordsTable([{ [hostile]: hostile }]), hostile)
  const suite: Suite = {
    name: hostile,
    expectations: [{ type: 'expectColumnValuesToBeNull', kwargs: { column: hostile }, meta: { notes: hostile } }],
  }
  const { validation } = await quarantine(suite, table, async () => ({ good: 0, bad: 1 }))
  const page = checkReport(validation)
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page).toContain('&lt;script&gt;alert(1)')
  expect(page).not.toMatch(/(?:src|href)="(?!#)|url\(|@import/)
  const targets = [...page.matchAll(/href="#([a-z\d-]+)"/g)].map(([, id]) => id)
  for (const id of targets) expect(page).toContain(`id="${id}"`)
})

it('shows no personal value once they are masked', async () => {
  const suite: Suite = {
    name: 'people',
    expectations: [{ type: 'expectColumnValuesToMatchRegex', kwargs: { column: 'mail', regex: '^x' } }],
  }
  const validation = await checked(suite, ['id'])
  expect(checkReport(validation)).toContain('someone0@')
  expect(checkReport(maskedValidation(validation))).not.toContain('someone')
})

it('stays below 300 kB, with what is unmet before what is met', async () => {
  const expectations = Array.from({ length: 600 }, (_, i) => between(i % 3 === 0 ? 'id' : 'amount', `expectation ${i}`))
  const page = checkReport(await checked({ name: 'many', expectations }, ['id', 'mail']))
  expect(Buffer.byteLength(page)).toBeLessThan(300_000)
  expect(page).toMatch(/\d+ more are not shown here/)
})

it('draws the trend of the score', async () => {
  const results = await Promise.all(
    [between('amount'), between('id')].map(async (expectation, i) => {
      const validation = await checked({ name: 's', expectations: [{ ...expectation, id: 'one' }] })
      return keptResult(`r${i}`, 's', { ...validation, startedAt: i })
    }),
  )
  const trend = trendOf('s', results.map(summaryOf), results.flatMap(pointsOf))
  const [, last] = results
  const page = last === undefined ? '' : checkReport(last.validation, { trend })
  expect(page).toContain('aria-label="Score of the last 2 runs: from 95.0 to 100.0, now 100.0"')
  expect(page).toContain('d="M0.00 84.0L100.00 6.0"')
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { checkReport, maskedValidation, quarantine, readTrend, RecordedCheck } from '@nomaly/data-quality'
import { fileSplitter, openDuckdb, openQualityStore } from '@nomaly/data-quality/node'

const suite = {
  name: 'orders',
  expectations: [
    { id: 'id-unique', type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
    { id: 'amount', type: 'expectColumnValuesToBeBetween', kwargs: { column: 'amount', minValue: 0 } },
    { type: 'expectTableRowCountToMatchHistory', kwargs: {} },
  ],
}
const folder = await mkdtemp(join(tmpdir(), 'orders-'))
await writeFile(join(folder, 'orders.csv'), 'id,zip,amount\n1,00501,5\n2,00502,-1\n2,00503,7\n')
const { engine, close } = await openDuckdb({ paths: [join(folder, 'orders.csv')] })

// Kept in SQLite: expectations of volume look at earlier runs, trends at all of them.
const store = openQualityStore({ path: join(folder, 'quality.db') })
const check = new RecordedCheck({ results: store.results, newId: () => crypto.randomUUID() })
const { validation, score } = await check.run(suite, engine)
console.log(
  score.score,
  score.dimensions.map(({ dimension, score: part }) => `${dimension} ${part.toFixed(0)}`).join(', '),
)

// A page of HTML, without the values of people.
const trend = await readTrend(store.results, 'orders')
await writeFile(join(folder, 'report.html'), checkReport(maskedValidation(validation), { score, trend }))

// Good rows and bad rows, letter for letter, the bad ones with their reasons.
const split = await quarantine(suite, engine, fileSplitter(engine, { folder, format: 'csv' }))
console.log(split.quarantine.good, split.quarantine.bad, await readFile(join(folder, 'bad.csv'), 'utf8'))

store.close()
await close()
await rm(folder, { recursive: true })

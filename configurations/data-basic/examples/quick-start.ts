import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createBasicDataConfiguration } from '@nomaly/configuration-data-basic'

const folder = await mkdtemp(join(tmpdir(), 'nomaly-'))
await writeFile(join(folder, 'orders.csv'), 'id,amount,status\n1,12.5,paid\n2,-3,paid\n2,,open\n')

const configuration = createBasicDataConfiguration({ dataPath: join(folder, 'nomaly-data') })
const { profiler, quality, suites, results } = configuration.createServices()

const { profile } = await profiler.profile(join(folder, 'orders.csv'))
console.log(profile.columns.map(({ name, type, nulls }) => `${name} ${type} ${nulls} missing`).join(', '))

await suites.save(
  {
    name: 'orders',
    expectations: [
      { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
      { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'amount', minValue: 0 } },
      { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'status' } },
    ],
  },
  Date.now(),
)
await quality.check('orders', join(folder, 'orders.csv'))
const [last] = await results.list({ dataset: 'orders' })
console.log(`${last?.successful} of ${last?.evaluated} expectations met, score ${Math.round(last?.score ?? 0)}`)

await configuration.close()
await rm(folder, { recursive: true })

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { profileTable } from '@nomaly/data-profiling'
import { openDuckdb } from '@nomaly/data-profiling/node'

const folder = await mkdtemp(join(tmpdir(), 'orders-'))
await writeFile(join(folder, 'a.csv'), 'day,amount\n2024-01-01,10\n2024-01-02,\n')
await writeFile(join(folder, 'b.csv'), 'day,amount\n2024-01-03,12.5\n')

const { engine, close } = await openDuckdb({ paths: [join(folder, '*.csv')], memoryLimitMb: 200 })
const { rows, columns } = await profileTable({ engine, now: Date.now })
await close()
await rm(folder, { recursive: true })
console.log(
  rows,
  columns.map(({ name, physicalType, nulls }) => [name, physicalType, nulls]),
)

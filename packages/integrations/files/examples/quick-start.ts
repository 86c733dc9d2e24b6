import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createFileTables } from '@nomaly/integration-files'

const folder = await mkdtemp(join(tmpdir(), 'pumps-'))
const path = join(folder, 'pumps.csv')
await writeFile(path, 'pump,pressure,running\nnorth,4.1,true\nsouth,NA,false\neast,3.9,true\n')

const table = await createFileTables().open({ path })
console.log(table.columns)
// [ { name: 'pump', kind: 'text' }, { name: 'pressure', kind: 'number' }, { name: 'running', kind: 'number' } ]

for await (const batch of table.batches) {
  for (const { name, values } of batch.columns) console.log(name, values)
  // pump [ 'north', 'south', 'east' ]
  // pressure Float64Array(3) [ 4.1, NaN, 3.9 ]
  // running Float64Array(3) [ 1, 0, 1 ]
  console.log(`the last row begins in line ${batch.lineOf?.(batch.rows - 1)}`)
  // the last row begins in line 4
}
await rm(folder, { recursive: true })

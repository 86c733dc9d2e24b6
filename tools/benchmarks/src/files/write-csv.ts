import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

import { syntheticData } from '../speed/synthetic-data.ts'

const ROWS_AT_A_TIME = 10_000

/** Writes the benchmark data, six decimals each, in pieces that are each a data set of their own (seed, seed + 1, ...). */
export async function writeCsv(
  path: string,
  { rows, columns, seed }: { readonly rows: number; readonly columns: number; readonly seed: number },
): Promise<void> {
  const stream = createWriteStream(path)
  stream.write(`${Array.from({ length: columns }, (_, column) => `c${column}`).join(',')}\n`)
  for (let from = 0; from < rows; from += ROWS_AT_A_TIME) {
    const size = { rows: Math.min(ROWS_AT_A_TIME, rows - from), columns }
    const { data } = syntheticData(size, seed + from / ROWS_AT_A_TIME)
    let text = ''
    for (let at = 0; at < data.length; at++) {
      text += `${(data[at] as number).toFixed(6)}${(at + 1) % columns === 0 ? '\n' : ','}`
    }
    if (!stream.write(text)) await once(stream, 'drain')
  }
  stream.end()
  await finished(stream)
}

import type { OutputRecords } from '@nomaly/ai-anomaly-detection/cli'

/** An object a line. */
export function* jsonLines(records: OutputRecords): Generator<string> {
  for (const text of objectTexts(records)) yield `${text}\n`
}

/** An array of objects, one a line. */
export function* jsonArray(records: OutputRecords): Generator<string> {
  let separator = '[\n'
  for (const text of objectTexts(records)) {
    yield `${separator}  ${text}`
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

function* objectTexts({ columns, rows }: OutputRecords): Generator<string> {
  for (const row of rows) {
    yield JSON.stringify(Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])))
  }
}

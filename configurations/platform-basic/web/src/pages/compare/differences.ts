import type { ResultInfo } from '../../api/results.ts'
import { countText, numberText, timeText } from '../../numbers.ts'
import { durationText } from '../../parts/ago-text.ts'
import { optionText } from '../runs/parameters-text.ts'

/** Something told of both results. */
export interface Difference {
  readonly name: string
  readonly a: string
  readonly b: string
}

/** What two results were made of and came to, side by side. */
export function differencesOf(a: ResultInfo, b: ResultInfo): ReadonlyArray<Difference> {
  const both = (name: string, textOf: (info: ResultInfo) => string): Difference => ({
    name,
    a: textOf(a),
    b: textOf(b),
  })
  const optionsOf = (info: ResultInfo): Readonly<Record<string, unknown>> => ({ ...info.options, ...info.parameters })
  const names = [...new Set([...Object.keys(optionsOf(a)), ...Object.keys(optionsOf(b))])]
  return [
    both('data set', ({ dataset }) => dataset.name),
    both('detector', ({ algorithm }) => algorithm),
    both('model', ({ model }) => (model === undefined ? 'none' : `${model.name}, version ${model.version}`)),
    both('columns', ({ columns }) => columns.join(', ')),
    ...names.map((name) => both(name, (info) => optionText(optionsOf(info)[name]))),
    both('threshold', ({ threshold }) => (threshold === null ? 'one for each series' : numberText(threshold))),
    both('anomalies', ({ anomalyCount, rows }) => `${countText(anomalyCount)} of ${countText(rows)}`),
    both('took', ({ durationMs }) => durationText(durationMs)),
    both('made', ({ createdAt }) => timeText(createdAt)),
  ]
}

import type { DetectorEvaluation } from '../../application/evaluate-detectors.ts'
import type { OutputColumn, OutputRecords } from './command-context.ts'

/** What was measured on one file. */
export interface FileEvaluations {
  readonly path: string
  readonly evaluations: ReadonlyArray<DetectorEvaluation>
}

type Figure = Exclude<keyof DetectorEvaluation, 'detector'>

const FIGURES: ReadonlyArray<OutputColumn & { readonly name: Figure }> = [
  { name: 'rocAuc', kind: 'number' },
  { name: 'averagePrecision', kind: 'number' },
  { name: 'precisionAtN', kind: 'number' },
  { name: 'fitMs', kind: 'number' },
  { name: 'scoreMs', kind: 'number' },
  { name: 'fitCpuMs', kind: 'number' },
  { name: 'scoreCpuMs', kind: 'number' },
  { name: 'rows', kind: 'integer' },
  { name: 'features', kind: 'integer' },
]
const SIZES: ReadonlyArray<Figure> = ['rows', 'features'] // of no meaning as a mean

/**
 * A line a detector; of several files a line a detector and file under the file's name, and at the end one a detector
 * under `mean of N`, over the N files that it was run on.
 */
export function evaluationRecords(files: ReadonlyArray<FileEvaluations>): OutputRecords {
  const detector: OutputColumn = { name: 'detector', kind: 'text' }
  const [only] = files
  if (files.length === 1 && only !== undefined) {
    return { columns: [detector, ...FIGURES], rows: only.evaluations.map(lineOf) }
  }
  const lines = files.flatMap(({ path, evaluations }) => evaluations.map((one) => [path, ...lineOf(one)]))
  return { columns: [{ name: 'file', kind: 'text' }, detector, ...FIGURES], rows: [...lines, ...meansOf(files)] }
}

function lineOf(evaluation: DetectorEvaluation): ReadonlyArray<unknown> {
  return [evaluation.detector, ...FIGURES.map(({ name }) => evaluation[name])]
}

function meansOf(files: ReadonlyArray<FileEvaluations>): ReadonlyArray<ReadonlyArray<unknown>> {
  const all = files.flatMap(({ evaluations }) => evaluations)
  return [...new Set(all.map(({ detector }) => detector))].map((id) => {
    const own = all.filter(({ detector }) => detector === id)
    const means = FIGURES.map(({ name }) => (SIZES.includes(name) ? null : meanOf(own.map((one) => one[name]))))
    return [`mean of ${own.length}`, id, ...means]
  })
}

function meanOf(values: ReadonlyArray<number | null>): number | null {
  let sum = 0
  for (const value of values) {
    if (value === null) return null
    sum += value
  }
  return sum / values.length
}

import { invalidArgument } from '../refusals.ts'
import type { Column, MonitoredRow } from './column.ts'
import { categoricalColumnOf, columnOf, numericColumnOf } from './column.ts'
import type { MonitoredOutput } from './monitor-spec.ts'
import type { ClassOutput, LabelledClass } from './performance/cbpe.ts'

/** A classifier's answers, without rows that lack one. */
export interface ClassifierOutputs {
  /** Indices of the rows that are in. */
  readonly rows: ReadonlyArray<number>
  /** Classes in the order of `outputs`; of two classes the positive one only. */
  readonly names: ReadonlyArray<string>
  readonly outputs: ReadonlyArray<ClassOutput>
}

/** A regressor's answers, without rows that lack one. */
export interface RegressorOutputs {
  readonly rows: ReadonlyArray<number>
  readonly predictions: Float64Array
}

/** Reads the answers of a classifier. @throws MlopsError `mlops/invalid-argument` for a score that is no number */
export function classifierOutputs(
  output: Exclude<MonitoredOutput, { kind: 'regression' }>,
  rows: ReadonlyArray<MonitoredRow>,
): ClassifierOutputs {
  const predictions = categoricalColumnOf(rows, output.prediction).values
  const columns: ReadonlyArray<readonly [string, string]> =
    output.kind === 'binary' ? [[String(output.positive ?? 1), output.score]] : Object.entries(output.scores)
  const scores = columns.map(([, column]) => numericColumnOf(rows, column).values)
  const kept = Array.from(rows.keys()).filter(
    (row) => predictions[row] !== null && scores.every((values) => !Number.isNaN(values[row])),
  )
  return {
    rows: kept,
    names: columns.map(([name]) => name),
    outputs: columns.map(([name], i) => ({
      predicted: Float64Array.from(kept, (row) => (predictions[row] === name ? 1 : 0)),
      scores: Float64Array.from(kept, (row) => scores[i]?.[row] ?? Number.NaN),
    })),
  }
}

/**
 * Refuses a reference whose classes are not those that the output names: every estimate would be wrong.
 * @param labels - the truth of each row; null where it is not known
 * @throws MlopsError `mlops/invalid-argument`
 */
export function checkClasses(
  output: Exclude<MonitoredOutput, { kind: 'regression' }>,
  rows: ReadonlyArray<MonitoredRow>,
  labels: ReadonlyArray<string | null>,
): void {
  const predictions = categoricalColumnOf(rows, output.prediction).values
  const found = new Set([...predictions, ...labels].filter((name) => name !== null))
  if (output.kind === 'binary') {
    const positive = String(output.positive ?? 1)
    if (found.size === 0 || found.has(positive)) return
    throw refused(`nothing in the reference is of the positive class '${positive}', but of: ${listed(found)}`, found)
  }
  const strange = new Set([...found].filter((name) => !(name in output.scores)))
  if (strange.size > 0) throw refused(`the reference has classes without a score: ${listed(strange)}`, strange)
}

/** Puts labels to a classifier's answers; rows without one are left out. */
export function labelledClasses(outputs: ClassifierOutputs, labels: ReadonlyArray<string | null>): LabelledClass[] {
  const known = outputs.rows.flatMap((row, at) => (labels[row] === null || labels[row] === undefined ? [] : [at]))
  return outputs.outputs.map(({ predicted, scores }, i) => ({
    predicted: Float64Array.from(known, (at) => predicted[at] ?? 0),
    scores: Float64Array.from(known, (at) => scores[at] ?? 0),
    labels: Float64Array.from(known, (at) => (labels[outputs.rows[at] ?? -1] === outputs.names[i] ? 1 : 0)),
  }))
}

/** Reads the answers of a regressor. @throws MlopsError `mlops/invalid-argument` for an answer that is no number */
export function regressorOutputs(prediction: string, rows: ReadonlyArray<MonitoredRow>): RegressorOutputs {
  const { values } = numericColumnOf(rows, prediction)
  const kept = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]))
  return { rows: kept, predictions: Float64Array.from(kept, (row) => values[row] as number) }
}

/** Columns of the answers as drift looks at them: the prediction of a classifier is a category, all else is measured. */
export function outputDriftColumns(output: MonitoredOutput, rows: ReadonlyArray<MonitoredRow>): Column[] {
  if (output.kind === 'regression') return [columnOf(rows, output.prediction, 'numeric')]
  const scores = output.kind === 'binary' ? [output.score] : Object.values(output.scores)
  return [columnOf(rows, output.prediction, 'categorical'), ...scores.map((name) => columnOf(rows, name, 'numeric'))]
}

function listed(names: ReadonlySet<string>): string {
  return [...names].slice(0, 10).join(', ')
}

function refused(problem: string, found: ReadonlySet<string>) {
  return invalidArgument('output', problem, { found: [...found].slice(0, 10) })
}

import { MlopsError } from '../errors.ts'
import { type Bounds, boundsOf } from './bounds.ts'
import { type Column, columnOf, type MonitoredRow, pickRows } from './column.ts'
import { automaticMethod, type DriftRule, featureDrift } from './drift/feature-drift.ts'
import { type Sample, sampleOf } from './drift/sample.ts'
import { instantsOf } from './instants.ts'
import { boundsPolicyOf, type MonitoredFeature, type MonitorSpec } from './monitor-spec.ts'
import { fitPerformance, type PerformanceFit } from './performance-fit.ts'
import { type ColumnProfile, columnProfileOf, duplicateRows } from './quality.ts'
import { outputDriftColumns } from './read-outputs.ts'
import { type Reconstruction, reconstructionError, reconstructionOf } from './reconstruction.ts'
import { cutIntoWindows } from './windows.ts'

/** A monitor that knows its reference. */
export interface FittedMonitor {
  readonly spec: MonitorSpec
  readonly features: ReadonlyArray<Sample>
  /** One a feature. */
  readonly rules: ReadonlyArray<DriftRule>
  readonly outputs: ReadonlyArray<Sample>
  readonly target: Sample | undefined
  readonly profiles: ReadonlyArray<ColumnProfile>
  /** Of the reference's rows, in [0, 1]. */
  readonly duplicateShare: number
  readonly reconstruction: { readonly learned: Reconstruction; readonly bounds: Bounds } | undefined
  readonly performance: PerformanceFit | undefined
}

const LEAST_ROWS = 2
const PARTS = 10 // where the policy cuts the reference into one window only: NannyML's default number of chunks

/**
 * Learns what is usual. The same reference gives the same monitor on every machine.
 * @param reference - rows of a time when all was well, at least two; some 100,000 at most, as all of them are kept
 * @throws MlopsError `mlops/invalid-argument` for too few rows, or a value that does not fit its column
 */
export function fitMonitor(spec: MonitorSpec, reference: ReadonlyArray<MonitoredRow>): FittedMonitor {
  if (reference.length < LEAST_ROWS) {
    const message = `monitor ${spec.name}: the reference needs at least ${LEAST_ROWS} rows, found ${reference.length}`
    throw new MlopsError('mlops/invalid-argument', message, { field: 'reference', found: reference.length })
  }
  checkRows(spec, reference)
  const features = spec.features.map(({ name, kind }) => columnOf(reference, name, kind))
  const windows = referenceWindows(spec, reference)
  const watched = watchedColumns(spec, reference)
  const samples = features.map(sampleOf)
  return {
    spec,
    features: samples,
    rules: features.map((column, i) => ruleOf(spec.features[i] ?? {}, column, samples[i] as Sample, windows)),
    outputs: spec.output === undefined ? [] : outputDriftColumns(spec.output, reference).map(sampleOf),
    target: targetSample(spec, reference),
    profiles: watched.map(columnProfileOf),
    duplicateShare: duplicateRows(watched, reference.length) / reference.length,
    reconstruction: features.length === 0 ? undefined : fitReconstruction(spec, features, windows),
    performance: fitPerformance(
      spec,
      reference,
      windows.map((rows) => rows.map((row) => reference[row] ?? {})),
    ),
  }
}

/** Refuses rows with a value that does not fit its column. @throws MlopsError `mlops/invalid-argument` naming row and column */
export function checkRows(spec: MonitorSpec, rows: ReadonlyArray<MonitoredRow>): void {
  watchedColumns(spec, rows)
  targetSample(spec, rows)
  if (spec.timestamp !== undefined) instantsOf(rows, spec.timestamp)
  if (spec.id !== undefined) columnOf(rows, spec.id, 'categorical')
}

/** Columns whose quality is watched: the features and the model's answers. */
export function watchedColumns(spec: MonitorSpec, rows: ReadonlyArray<MonitoredRow>): Column[] {
  const features = spec.features.map(({ name, kind }) => columnOf(rows, name, kind))
  return spec.output === undefined ? features : [...features, ...outputDriftColumns(spec.output, rows)]
}

/** The truth as drift looks at it; undefined where there is none. */
export function targetSample(spec: MonitorSpec, rows: ReadonlyArray<MonitoredRow>): Sample | undefined {
  if (spec.target === undefined) return undefined
  const sample = sampleOf(columnOf(rows, spec.target, spec.output?.kind === 'regression' ? 'numeric' : 'categorical'))
  return sample.size === 0 ? undefined : sample
}

// The method is settled once, so that what windows of the reference gave can be compared with what later ones give.
function ruleOf(
  { method, threshold, deviations }: Partial<MonitoredFeature>,
  column: Column,
  reference: Sample,
  windows: ReadonlyArray<ReadonlyArray<number>>,
): DriftRule {
  if (deviations === undefined) {
    return { ...(method === undefined ? {} : { method }), ...(threshold === undefined ? {} : { threshold }) }
  }
  const settled = { method: method ?? automaticMethod(reference, reference) }
  const statistics = windows.map(
    (rows) => featureDrift(reference, sampleOf(pickRows(column, rows)), settled)?.statistic,
  )
  const known = statistics.filter((statistic) => statistic !== undefined)
  return { ...settled, above: boundsOf({ kind: 'deviation', times: deviations }, known).upper ?? Infinity }
}

function fitReconstruction(
  spec: MonitorSpec,
  features: ReadonlyArray<Column>,
  windows: ReadonlyArray<ReadonlyArray<number>>,
) {
  const learned = reconstructionOf(features)
  if (learned.components.length === features.length ** 2) return undefined // nothing is left out, so nothing is lost
  const errors = windows.map((rows) => {
    const part = features.map((column) => pickRows(column, rows))
    return reconstructionError(learned, part).value
  })
  return { learned, bounds: boundsOf(boundsPolicyOf(spec, 'reconstruction'), errors) }
}

function referenceWindows(spec: MonitorSpec, reference: ReadonlyArray<MonitoredRow>): ReadonlyArray<number>[] {
  const times: number[] = spec.timestamp === undefined ? [] : [...instantsOf(reference, spec.timestamp)]
  const isTimed = times.length === reference.length && !times.includes(Number.NaN)
  const byPolicy = spec.window.by === 'period' && !isTimed ? [] : cutIntoWindows(reference.length, spec.window, times)
  const whole = byPolicy.filter(({ isComplete }) => isComplete)
  const windows = whole.length > 1 ? whole : cutIntoWindows(reference.length, { by: 'count', count: PARTS })
  return windows.map(({ rows }) => rows)
}

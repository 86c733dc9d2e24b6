import { isOutside } from './bounds.ts'
import { columnOf, type MonitoredRow } from './column.ts'
import { type DriftRule, featureDrift } from './drift/feature-drift.ts'
import { type Sample, sampleOf } from './drift/sample.ts'
import { type FittedMonitor, targetSample, watchedColumns } from './fitted-monitor.ts'
import type { ReconstructionReading, WindowFindings } from './monitor-report.ts'
import { estimatedReadings, labelledRows, realisedReadings } from './performance-fit.ts'
import { columnQualityOf, type ColumnProfile, duplicateRows } from './quality.ts'
import { outputDriftColumns } from './read-outputs.ts'
import { reconstructionError } from './reconstruction.ts'

/**
 * Looks at one window.
 * @param rows - at least one
 * @throws MlopsError `mlops/invalid-argument` for a value that does not fit its column
 */
export function inspectWindow(monitor: FittedMonitor, rows: ReadonlyArray<MonitoredRow>): WindowFindings {
  const { spec, performance } = monitor
  const features = driftsOf(
    monitor.features,
    spec.features.map(({ name, kind }) => sampleOf(columnOf(rows, name, kind))),
    monitor.rules,
  )
  const outputs = spec.output === undefined ? [] : outputDriftColumns(spec.output, rows).map(sampleOf)
  const watched = watchedColumns(spec, rows)
  const reconstruction = reconstructionReading(monitor, rows)
  return {
    features,
    driftedShare: features.length === 0 ? 0 : features.filter(({ drifted }) => drifted).length / features.length,
    outputs: driftsOf(monitor.outputs, outputs, []),
    ...(reconstruction === undefined ? {} : { reconstruction }),
    quality: watched.map((column, i) => columnQualityOf(column, monitor.profiles[i] as ColumnProfile)), // one a column
    duplicates: duplicateRows(watched, rows.length),
    estimated: performance === undefined ? [] : estimatedReadings(spec, performance, rows),
    ...inspectLabels(monitor, rows),
  }
}

/** The part of the findings that labels decide. @param rows - the answers and labels of a window */
export function inspectLabels(
  monitor: FittedMonitor,
  rows: ReadonlyArray<MonitoredRow>,
): Pick<WindowFindings, 'target' | 'realised' | 'labelled'> {
  const { spec, performance } = monitor
  const now = targetSample(spec, rows)
  const target = monitor.target === undefined || now === undefined ? undefined : featureDrift(monitor.target, now)
  return {
    ...(target === undefined ? {} : { target }),
    realised: performance === undefined ? [] : realisedReadings(spec, performance, rows),
    labelled: labelledRows(spec, rows),
  }
}

function driftsOf(before: ReadonlyArray<Sample>, now: ReadonlyArray<Sample>, rules: ReadonlyArray<DriftRule>) {
  return before.flatMap((sample, i) => {
    const other = now[i]
    const drift = other === undefined ? undefined : featureDrift(sample, other, rules[i])
    return drift === undefined ? [] : [drift]
  })
}

function reconstructionReading(
  { spec, reconstruction }: FittedMonitor,
  rows: ReadonlyArray<MonitoredRow>,
): ReconstructionReading | undefined {
  if (reconstruction === undefined) return undefined
  const columns = spec.features.map(({ name, kind }) => columnOf(rows, name, kind))
  const error = reconstructionError(reconstruction.learned, columns)
  return { ...error, bounds: reconstruction.bounds, drifted: isOutside(error.value, reconstruction.bounds) }
}

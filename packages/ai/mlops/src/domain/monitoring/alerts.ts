import type { EventDraft } from '../events/mlops-event.ts'
import type { FeatureDrift } from './drift/feature-drift.ts'
import type { FittedMonitor } from './fitted-monitor.ts'
import type { AlertKind, PerformanceReading, MonitorAlert, MonitorReport, WindowFindings } from './monitor-report.ts'
import type { QualityLimits } from './monitor-spec.ts'
import type { ColumnQuality } from './quality.ts'

const DRIFTS: ReadonlySet<AlertKind> = new Set(['data-drift', 'multivariate-drift', 'prediction-drift', 'target-drift'])

/** What of the findings deserves a look, by the monitor's own limits. */
export function alertsOf(monitor: FittedMonitor, findings: WindowFindings, rows: number): MonitorAlert[] {
  const { spec } = monitor
  const drifted = findings.features.filter((feature) => feature.drifted)
  const isDataDrift = drifted.length > 0 && findings.driftedShare >= (spec.driftShare ?? 0.5)
  const outputs = findings.outputs.filter((output) => output.drifted)
  const { reconstruction, target } = findings
  return [
    ...(isDataDrift
      ? [driftAlert('data-drift', drifted, `${drifted.length} of ${findings.features.length} features`)]
      : []),
    ...(reconstruction?.drifted === true
      ? [
          alert(
            'multivariate-drift',
            `reconstruction error ${short(reconstruction.value)} ${outside(reconstruction)}`,
            [],
          ),
        ]
      : []),
    ...(outputs.length > 0 ? [driftAlert('prediction-drift', outputs, 'the model answers otherwise')] : []),
    ...(target?.drifted === true ? [driftAlert('target-drift', [target], 'the truth is distributed otherwise')] : []),
    ...qualityAlerts(monitor, findings, rows, spec.quality ?? {}),
    ...metricAlerts('estimated-performance', findings.estimated),
    ...metricAlerts('realised-performance', findings.realised),
  ]
}

/** Whether an alert is about drift. */
export function isDrift({ kind }: MonitorAlert): boolean {
  return DRIFTS.has(kind)
}

/** The events that a report's alerts are worth: one for drift, one for quality, one for performance of each sort. */
export function eventsOf(
  report: MonitorReport,
  alerts: ReadonlyArray<MonitorAlert>,
  model: { readonly name: string; readonly version: string } | undefined,
): EventDraft[] {
  const groups: ReadonlyArray<readonly [string, (alert: MonitorAlert) => boolean]> = [
    ['nomaly.drift.detected', isDrift],
    ['nomaly.data-quality.violated', ({ kind }) => kind === 'data-quality'],
    ['nomaly.performance.changed', ({ kind }) => kind.endsWith('-performance')],
  ]
  return groups.flatMap(([type, isOf]) => {
    const found = alerts.filter(isOf)
    if (found.length === 0) return []
    const { id, monitor, window, rows, from, to } = report
    const data = {
      monitor,
      report: id,
      window,
      rows,
      from,
      to,
      ...(model === undefined ? {} : { model }),
      alerts: found,
    }
    return [{ type, subject: monitor, data }]
  })
}

function driftAlert(kind: AlertKind, drifts: ReadonlyArray<FeatureDrift>, lead: string): MonitorAlert {
  const worst = [...drifts].sort((a, b) => severity(b) - severity(a))
  const named = worst.slice(0, 3).map(({ feature, method, statistic, pValue }) => {
    return `${feature} (${method} ${pValue === undefined ? short(statistic) : `p = ${short(pValue)}`})`
  })
  const names = worst.map(({ feature }) => feature)
  return alert(kind, `${lead}: ${named.join(', ')}${worst.length > 3 ? ', ...' : ''}`, names)
}

// How far past its threshold: a p-value below it, a distance above it.
function severity({ statistic, pValue, threshold }: FeatureDrift): number {
  return pValue === undefined ? statistic / threshold : threshold / Math.max(pValue, Number.MIN_VALUE)
}

function qualityAlerts(
  { profiles, duplicateShare }: FittedMonitor,
  findings: WindowFindings,
  rows: number,
  { missing = 0.05, outOfRange = 0.05, unseen = 0.01, duplicates = 0.05 }: QualityLimits,
): MonitorAlert[] {
  const usual = new Map(profiles.map(({ name, missingShare }) => [name, missingShare]))
  const faults: ReadonlyArray<readonly [string, (column: ColumnQuality) => boolean]> = [
    ['values are missing', (column) => column.missingShare > (usual.get(column.column) ?? 0) + missing],
    ['values lie out of the range of the reference', (column) => column.outOfRange / rows > outOfRange],
    ['categories are new', (column) => column.unseen / rows > unseen],
    ['all values are equal', (column) => column.becameConstant],
  ]
  const byColumn = faults.flatMap(([what, isFault]) => {
    const columns = findings.quality.filter(isFault).map(({ column }) => column)
    return columns.length === 0 ? [] : [alert('data-quality', `${what}: ${columns.join(', ')}`, columns)]
  })
  const share = findings.duplicates / rows
  if (share <= duplicateShare + duplicates) return byColumn
  return [...byColumn, alert('data-quality', `${findings.duplicates} of ${rows} rows come twice`, [])]
}

function metricAlerts(kind: AlertKind, readings: ReadonlyArray<PerformanceReading>): MonitorAlert[] {
  return readings
    .filter((reading) => reading.alert)
    .map((reading) => alert(kind, `${reading.metric} ${short(reading.value)} ${outside(reading)}`, [reading.metric]))
}

function outside({ bounds }: Pick<PerformanceReading, 'bounds'>): string {
  const [lower, upper] = [bounds.lower ?? -Infinity, bounds.upper ?? Infinity].map(short)
  return `is outside of ${lower} to ${upper}`
}

function alert(kind: AlertKind, what: string, subjects: ReadonlyArray<string>): MonitorAlert {
  return { kind, what, subjects }
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}

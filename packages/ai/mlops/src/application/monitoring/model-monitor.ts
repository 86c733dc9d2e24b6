import { alertsOf, eventsOf } from '../../domain/monitoring/alerts.ts'
import type { MonitoredRow } from '../../domain/monitoring/column.ts'
import { checkRows, type FittedMonitor, fitMonitor } from '../../domain/monitoring/fitted-monitor.ts'
import { inspectLabels, inspectWindow } from '../../domain/monitoring/inspect-window.ts'
import { instantsOf } from '../../domain/monitoring/instants.ts'
import type { MonitorReport } from '../../domain/monitoring/monitor-report.ts'
import { type MonitorSpec, outputColumnsOf, rowIdOf, watchedPart } from '../../domain/monitoring/monitor-spec.ts'
import { cutIntoWindows } from '../../domain/monitoring/windows.ts'
import type { Page } from '../../domain/page.ts'
import { invalidArgument, notFound } from '../../domain/refusals.ts'
import type { ClosedWindow, MonitorReports } from '../ports/monitor-reports.ts'
import type { MonitorRows, Waiting, WaitingRow } from '../ports/monitor-rows.ts'
import type { MonitorStore } from '../ports/monitor-store.ts'
import { parseMonitorSpec } from './parse-monitor-spec.ts'

/** What a monitor works with. A store opened by `openMlopsStore` has all but the clock. */
export interface ModelMonitorDeps {
  readonly monitors: MonitorStore
  readonly monitorRows: MonitorRows
  readonly monitorReports: MonitorReports
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** The truth about a row that was observed before. */
export interface RowLabel {
  readonly id: string | number
  readonly label: string | number | boolean
}

/**
 * Watches what models are fed and what they answer, window by window, against a reference. Several processes may feed one
 * monitor: each row is in one report only.
 */
export class ModelMonitor {
  readonly #deps: ModelMonitorDeps
  readonly #fitted = new Map<string, FittedMonitor>()

  constructor(deps: ModelMonitorDeps) {
    this.#deps = deps
  }

  /**
   * Sets a monitor up.
   * @param reference - rows of a time when all was well; with the target where performance is to be estimated
   * @throws MlopsError `mlops/invalid-options`, `mlops/invalid-argument`, `mlops/already-exists`
   */
  async define(input: MonitorSpec, reference: ReadonlyArray<MonitoredRow>): Promise<void> {
    const spec = parseMonitorSpec(input)
    const plain = reference.map((row) => watchedPart(spec, row))
    const monitor = fitMonitor(spec, plain)
    await this.#deps.monitors.create({ spec, reference: plain })
    this.#fitted.set(spec.name, monitor)
  }

  /**
   * Removes a monitor with all that it has seen; one that is not there is harmless. Another process that has fed it goes on with
   * the old reference until it is started anew.
   */
  async remove(name: string): Promise<void> {
    this.#fitted.delete(name)
    await this.#deps.monitors.remove(name)
  }

  /** Forgets reports whose rows are all older than `before` (epoch milliseconds), with their answers and labels. */
  async prune(name: string, before: number): Promise<void> {
    await this.#deps.monitors.remove(name, before)
  }

  /** What each monitor watches, by name. */
  list(): Promise<ReadonlyArray<MonitorSpec>> {
    return this.#deps.monitors.list()
  }

  /**
   * Takes rows in and looks at each window that they fill.
   * @returns reports of the windows that were filled, earliest first; none while the window is open
   * @throws MlopsError `mlops/not-found`, or `mlops/invalid-argument` naming the row and column: then none is taken
   */
  async observe(name: string, rows: ReadonlyArray<MonitoredRow>): Promise<MonitorReport[]> {
    const monitor = await this.#load(name)
    if (rows.length === 0) return []
    const plain = rows.map((row) => watchedPart(monitor.spec, row))
    checkRows(monitor.spec, plain)
    const times = timesOf(monitor.spec, plain, this.#deps.now())
    const waiting = await this.#deps.monitorRows.append(
      name,
      plain.map((row, i) => ({ row, at: times[i] as number })), // one a row
    )
    return isAnyFull(monitor.spec, waiting) ? this.#closeFull(monitor, false) : []
  }

  /** Looks at what waits, though its window is not full. @throws MlopsError `mlops/not-found` */
  async flush(name: string): Promise<MonitorReport[]> {
    return this.#closeFull(await this.#load(name), true)
  }

  /**
   * Tells the truth about rows, before or after their windows were looked at; the last label of an id wins.
   * @returns reports that it changed, with realised performance
   * @throws MlopsError `mlops/not-found`, or `mlops/invalid-argument` where the monitor has no `id` and `target` column
   */
  async label(name: string, labels: ReadonlyArray<RowLabel>): Promise<MonitorReport[]> {
    const monitor = await this.#load(name)
    const { id, target, output } = monitor.spec
    if (id === undefined || target === undefined || output === undefined) {
      throw invalidArgument('labels', `monitor '${name}' names no id, target and output column to join them by`)
    }
    const values = labels.map((entry) => [String(entry.id), plainLabel(entry, output.kind)] as const)
    const touched = await this.#deps.monitorRows.label(name, new Map(values))
    const amended: MonitorReport[] = []
    for (const report of touched) amended.push(...(await this.#amend(monitor, report)))
    return amended
  }

  /** Reports of a monitor, newest first. @throws MlopsError `mlops/not-found` */
  async reports(
    name: string,
    query: { readonly since?: number; readonly limit?: number; readonly pageToken?: string } = {},
  ): Promise<Page<MonitorReport>> {
    await this.#load(name)
    return this.#deps.monitorReports.list(name, query)
  }

  async #load(name: string): Promise<FittedMonitor> {
    const known = this.#fitted.get(name)
    if (known !== undefined) return known
    const stored = await this.#deps.monitors.find(name)
    if (stored === undefined) throw notFound('monitor', name)
    const monitor = fitMonitor(stored.spec, stored.reference)
    this.#fitted.set(name, monitor)
    return monitor
  }

  async #closeFull(monitor: FittedMonitor, all: boolean): Promise<MonitorReport[]> {
    const { name, window } = monitor.spec
    const waiting = await this.#deps.monitorRows.waiting(name)
    const times = waiting.map(({ at }) => at)
    const reports: MonitorReport[] = []
    for (const { key, rows, isComplete } of cutIntoWindows(waiting.length, window, times)) {
      if (!isComplete && !all) continue
      const inside = rows.flatMap((row) => waiting[row] ?? [])
      const closed = await this.#closedWindow(monitor, inside, window.by === 'period' ? key : rangeKey(inside))
      // Another process that took a row before has reported, or will report, the window.
      if (!(await this.#deps.monitorReports.close(closed))) continue
      const late = await this.#labelledSince(monitor, closed)
      reports.push(late ?? closed.report)
    }
    return reports
  }

  async #closedWindow(
    monitor: FittedMonitor,
    inside: ReadonlyArray<WaitingRow>,
    window: string,
  ): Promise<ClosedWindow> {
    const { spec } = monitor
    const labels = await this.#labelsOf(spec, inside)
    const rows = inside.map(({ row }) => labelled(spec, row, labels))
    const findings = inspectWindow(monitor, rows)
    const alerts = alertsOf(monitor, findings, rows.length)
    const times = inside.map(({ at }) => at)
    const report: MonitorReport = {
      id: `${spec.name}/${inside[0]?.seq}-${inside.at(-1)?.seq}`,
      monitor: spec.name,
      window,
      rows: rows.length,
      from: times.reduce((a, b) => Math.min(a, b)),
      to: times.reduce((a, b) => Math.max(a, b)),
      at: this.#deps.now(),
      findings,
      alerts,
    }
    return {
      report,
      taken: inside.map(({ seq }) => seq),
      answers: answersOf(spec, rows),
      events: eventsOf(report, alerts, spec.model),
    }
  }

  // A label may have come between the look at a window and the keeping of its answers.
  async #labelledSince(monitor: FittedMonitor, { report, answers }: ClosedWindow): Promise<MonitorReport | undefined> {
    const known = await this.#deps.monitorRows.labelsOf(monitor.spec.name, [...answers.keys()])
    if (known.size <= report.findings.labelled) return undefined
    return (await this.#amend(monitor, report.id))[0]
  }

  async #amend(monitor: FittedMonitor, id: string): Promise<MonitorReport[]> {
    const found = await this.#deps.monitorReports.find(id)
    if (found === undefined) return []
    const { target } = monitor.spec
    const rows = found.answers.map(({ row, label }) =>
      label === undefined || target === undefined ? row : { ...row, [target]: label },
    )
    const { report } = found
    const findings = { ...report.findings, ...inspectLabels(monitor, rows) }
    const alerts = alertsOf(monitor, findings, report.rows)
    const before = new Set(report.alerts.map(({ kind, what }) => `${kind} ${what}`))
    const amended = { ...report, findings, alerts }
    const news = alerts.filter(({ kind, what }) => !before.has(`${kind} ${what}`))
    await this.#deps.monitorReports.amend(amended, eventsOf(amended, news, monitor.spec.model))
    return [amended]
  }

  async #labelsOf(spec: MonitorSpec, inside: ReadonlyArray<WaitingRow>): Promise<ReadonlyMap<string, string | number>> {
    const ids = inside.flatMap(({ row }) => rowIdOf(spec, row) ?? [])
    return ids.length === 0 ? new Map() : this.#deps.monitorRows.labelsOf(spec.name, ids)
  }
}

function isAnyFull({ window }: MonitorSpec, { rows, from, to }: Waiting): boolean {
  if (window.by === 'count') return true
  if (window.by === 'size') return rows >= window.size
  return Math.floor(from / window.periodMs) !== Math.floor(to / window.periodMs)
}

function timesOf(spec: MonitorSpec, rows: ReadonlyArray<MonitoredRow>, now: number): Float64Array {
  if (spec.timestamp === undefined) return new Float64Array(rows.length).fill(now)
  return instantsOf(rows, spec.timestamp).map((at) => (Number.isNaN(at) ? now : at))
}

function rangeKey(inside: ReadonlyArray<WaitingRow>): string {
  return `${inside[0]?.seq}-${inside.at(-1)?.seq}`
}

function labelled(spec: MonitorSpec, row: MonitoredRow, labels: ReadonlyMap<string, string | number>): MonitoredRow {
  const label = labels.get(rowIdOf(spec, row) ?? '')
  return label === undefined || spec.target === undefined ? row : { ...row, [spec.target]: label }
}

function answersOf(spec: MonitorSpec, rows: ReadonlyArray<MonitoredRow>): Map<string, MonitoredRow> {
  const { output, target } = spec
  if (output === undefined || target === undefined) return new Map()
  const columns = [...outputColumnsOf(output), target]
  const answers = new Map<string, MonitoredRow>()
  for (const row of rows) {
    const id = rowIdOf(spec, row)
    if (id !== undefined) answers.set(id, Object.fromEntries(columns.map((name) => [name, row[name]])))
  }
  return answers
}

function plainLabel({ id, label }: RowLabel, kind: 'binary' | 'multiclass' | 'regression'): string | number {
  if (kind !== 'regression') return String(label)
  if (typeof label === 'number' && Number.isFinite(label)) return label
  throw invalidArgument('labels', `the label of row '${id}' must be a finite number, found ${typeof label}`)
}

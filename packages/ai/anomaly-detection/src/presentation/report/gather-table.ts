import type { KeptResult } from '../../application/ports/result-store.ts'
import type { Table, TableColumn } from '../../application/ports/table-reader.ts'
import { throwIfCancelled } from '../../domain/cancellation.ts'
import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import { CurveSketch } from './curve-sketch.ts'
import { brief, figure } from './figures.ts'
import type { ReportPlot } from './report-input.ts'
import { type GatheredRows, MOST_ANOMALIES, type ReportSources, ROWS_AT_ONCE } from './report-sources.ts'
import { ScoreHistogram } from './score-histogram.ts'

const MOST_EXPLAINED = 10
const MOST_COLUMNS = 12
const MOST_UNUSED = 3 // columns that were not looked at, but may tell which row it is

/** Gathers what a report tells of the rows of a table. */
export async function gatherTable(sources: ReportSources): Promise<GatheredRows> {
  const { result, explain, signal } = sources
  // A report is whole without them: what is missing is said in it.
  const lackedBecause = (error: unknown): { readonly lack: string } => {
    throwIfCancelled(signal)
    return { lack: (error instanceof Error ? error.message : String(error)).replace(/\.$/, '') }
  }
  const lacks: string[] = []
  const top = await strangestRows(result)
  const explanations =
    top.length === 0 ? [] : await explain(top.slice(0, MOST_EXPLAINED).map(({ row }) => row)).catch(lackedBecause)
  const found = await valuesOf(sources, top, explanations).catch(lackedBecause)
  const { scores, histogram } = await scoresOf(sources)
  if ('lack' in explanations && 'lack' in found) lacks.push(`Neither reasons nor values are shown: ${found.lack}.`)
  else if ('lack' in explanations) lacks.push(`Reasons are not shown: ${explanations.lack}.`)
  else if ('lack' in found) lacks.push(`The values of the rows are not shown: ${found.lack}.`)
  const values = 'lack' in found ? { columns: [], plot: undefined, byRow: new Map<number, never>() } : found
  return {
    plots: [scores, ...(values.plot === undefined ? [] : [values.plot])],
    closeUps: [],
    histogram,
    valueColumns: values.columns,
    anomalies: top.map(({ row, score }) => ({ row, score, values: values.byRow.get(row) ?? [] })),
    explanations: 'lack' in explanations ? [] : explanations,
    lacks,
  }
}

async function strangestRows(
  result: KeptResult,
): Promise<ReadonlyArray<{ readonly row: number; readonly score: number }>> {
  const rows = await result.read('order', 0, Math.min(MOST_ANOMALIES, result.info.anomalyCount))
  const scores = await result.pick('score', rows)
  return Array.from(rows, (row, i) => ({ row, score: scores[i] as number }))
}

async function scoresOf({
  result,
  signal,
}: ReportSources): Promise<{ readonly scores: ReportPlot; readonly histogram: ScoreHistogram }> {
  const { rows, threshold, scores: range } = result.info
  const cut = threshold ?? Infinity
  const [values, marks, histogram] = [new CurveSketch(), new CurveSketch(), new ScoreHistogram(range)]
  for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
    throwIfCancelled(signal)
    const part = await result.read('score', start, ROWS_AT_ONCE)
    for (let i = 0; i < part.length; i++) {
      const [score, place] = [part[i] as number, (start + i + 0.5) / rows]
      values.add(place, score)
      if (score > cut) marks.add(place, score)
      histogram.add(score, score > cut)
    }
  }
  const title = 'Scores of the rows, in the order of the data'
  const scores = { title, form: 'points', values, marks, threshold: threshold ?? undefined, ...ends(rows) } as const
  return { scores, histogram }
}

function ends(rows: number): Pick<ReportPlot, 'from' | 'to' | 'points'> {
  return { from: 'row 1', to: `row ${figure(rows)}`, points: rows }
}

interface Values {
  readonly columns: ReadonlyArray<string>
  readonly plot: ReportPlot | undefined
  readonly byRow: ReadonlyMap<number, ReadonlyArray<number | string | null>>
}

async function valuesOf(
  { result, openDataset, signal }: ReportSources,
  top: ReadonlyArray<{ readonly row: number }>,
  explained: ReadonlyArray<RowExplanation> | { readonly lack: string },
): Promise<Values> {
  const { columns: used, rows } = result.info
  const ranked = 'lack' in explained ? used : byContribution(used, explained)
  const table = await openDataset(undefined)
  const shown = shownColumns(table, used, ranked)
  const lead = ranked.find((name) => table.columns.some((one) => one.name === name && one.kind === 'number'))
  const [values, marks] = [new CurveSketch(), new CurveSketch()]
  const byRow = new Map<number, Array<number | string | null>>(top.map(({ row }) => [row, []]))
  const odd = await anomalousRows(result)
  let [start, next] = [0, 0]
  for await (const { rows: length, columns } of table.batches) {
    throwIfCancelled(signal)
    for (const { row } of top) {
      if (row < start || row >= start + length) continue
      const cells = shown.map((name) =>
        cellOf(
          columns.find((column) => column.name === name),
          row - start,
        ),
      )
      byRow.set(row, cells)
    }
    const column = columns.find(({ name }) => name === lead)
    for (let i = 0; column?.kind === 'number' && i < length; i++) {
      const [value, place] = [column.values[i] as number, (start + i + 0.5) / rows]
      values.add(place, value)
      while (next < odd.length && (odd[next] as number) < start + i) next++
      if (odd[next] === start + i) marks.add(place, value)
    }
    start += length
  }
  if (start !== rows) throw new Error(`the data set has ${start} rows now, and had ${rows}`)
  const title = `Values of ${brief(lead ?? '', 60)}, which ${'lack' in explained ? 'was looked at' : 'contributes most'}`
  const plot = lead === undefined ? undefined : ({ title, form: 'points', values, marks, ...ends(rows) } as const)
  return { columns: shown, plot, byRow }
}

function byContribution(used: ReadonlyArray<string>, explained: ReadonlyArray<RowExplanation>): ReadonlyArray<string> {
  const totals = new Map(used.map((name) => [name, 0]))
  for (const { contributions } of explained) {
    for (const { feature, contribution } of contributions) {
      totals.set(feature, (totals.get(feature) ?? 0) + Math.max(0, contribution))
    }
  }
  return [...totals].sort(([, a], [, b]) => b - a).map(([name]) => name)
}

// Those that contribute most and a few that may name the row, in the order of the data.
function shownColumns(
  { columns }: Table,
  used: ReadonlyArray<string>,
  ranked: ReadonlyArray<string>,
): ReadonlyArray<string> {
  const names = columns.map(({ name }) => name)
  const unused = names.filter((name) => !used.includes(name)).slice(0, MOST_UNUSED)
  const chosen = new Set([
    ...unused,
    ...ranked.filter((name) => names.includes(name)).slice(0, MOST_COLUMNS - unused.length),
  ])
  return names.filter((name) => chosen.has(name))
}

// In the order of the data.
async function anomalousRows({ info, read }: KeptResult): Promise<Uint32Array> {
  const rows = new Uint32Array(info.anomalyCount)
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    rows.set(await read('order', start, Math.min(ROWS_AT_ONCE, rows.length - start)), start)
  }
  return rows.sort()
}

function cellOf(column: TableColumn | undefined, at: number): number | string | null {
  const value = column?.values[at] ?? null
  return Number.isNaN(value) ? null : value
}

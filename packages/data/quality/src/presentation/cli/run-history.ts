import { readTrend } from '../../application/history/read-trend.ts'
import type { ResultsStore } from '../../application/ports/results-store.ts'
import { QualityError } from '../../domain/errors.ts'
import type { CheckCommandContext, PrintedRecords } from './check-command-context.ts'
import type { HistoryFlags } from './check-flags.ts'

const USUAL = 30

/** Runs `check history FILE` and `check trend FILE`. */
export async function runHistory(
  what: 'history' | 'trend',
  path: string,
  flags: HistoryFlags,
  context: CheckCommandContext,
): Promise<void> {
  // A store would be made where none is: a wrong name is to be told.
  await context.load(path).catch((error: unknown) => {
    throw new QualityError('quality/invalid-options', `${path}: there is no such file of results`, { path }, error)
  })
  const { results, close } = await context.openResults(path)
  try {
    await (what === 'history' ? printHistory(results, flags, context) : printTrend(results, flags, context))
  } finally {
    close()
  }
}

async function printHistory(store: ResultsStore, flags: HistoryFlags, context: CheckCommandContext): Promise<void> {
  const runs = await store.list({ dataset: flags.dataset, limit: flags.limit ?? USUAL })
  const target = { format: flags.format, file: flags.output }
  if ((await context.formatOf(target)) === 'json') {
    await context.printText(`${JSON.stringify(runs, null, 2)}\n`, flags.output)
    return
  }
  await context.print(
    {
      columns: [
        { name: 'started', kind: 'text' },
        { name: 'dataset', kind: 'text' },
        { name: 'source', kind: 'text' },
        { name: 'rows', kind: 'integer' },
        { name: 'met', kind: 'integer' },
        { name: 'of', kind: 'integer' },
        { name: 'score', kind: 'number' },
        { name: 'id', kind: 'text' },
      ],
      rows: runs.map((run) => [
        momentOf(run.startedAt),
        run.dataset,
        run.source,
        run.rows,
        run.successful,
        run.evaluated,
        rounded(run.score),
        run.id,
      ]),
    },
    target,
  )
}

async function printTrend(store: ResultsStore, flags: HistoryFlags, context: CheckCommandContext): Promise<void> {
  const dataset = flags.dataset ?? (await onlyDataset(store))
  const trend = await readTrend(store, dataset, flags.limit ?? USUAL)
  const target = { format: flags.format, file: flags.output }
  if ((await context.formatOf(target)) === 'json') {
    await context.printText(`${JSON.stringify(trend, null, 2)}\n`, flags.output)
  } else await context.print(trendRecords(trend.expectations), target)
  const scores = trend.runs.flatMap(({ score }) => (score === null ? [] : [rounded(score)]))
  const change = trend.scoreChange === null ? '' : `, ${signed(trend.scoreChange)} against the mean of the runs before`
  context.note(`${dataset}: ${trend.runs.length} runs; score ${scores.at(-1) ?? 'unknown'}${change}`, 'summary')
}

function trendRecords(trends: Awaited<ReturnType<typeof readTrend>>['expectations']): PrintedRecords {
  return {
    columns: [
      { name: 'now', kind: 'text' },
      { name: 'since', kind: 'text' },
      { name: 'expectation', kind: 'text' },
      { name: 'column', kind: 'text' },
      { name: 'runs', kind: 'integer' },
      { name: 'met', kind: 'integer' },
      { name: 'unexpected_percent', kind: 'number' },
      { name: 'change', kind: 'number' },
    ],
    rows: trends.map((one) => [
      one.last,
      momentOf(one.since),
      one.type,
      one.subject,
      one.runs,
      one.met,
      rounded(one.unexpectedPercents.at(-1) ?? null),
      rounded(one.change),
    ]),
  }
}

async function onlyDataset(store: ResultsStore): Promise<string> {
  const names = [...new Set((await store.list({ limit: 1000 })).map(({ dataset }) => dataset))]
  const [only] = names
  if (names.length === 1 && only !== undefined) return only
  const there = names.slice(0, 5).join(', ')
  throw new QualityError(
    'quality/invalid-options',
    names.length === 0 ? 'no result was kept there yet' : `give --dataset: there are results of ${there}`,
  )
}

function momentOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(2))
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(2)}`
}

import { type Column, markdownTable } from '../markdown-table.ts'
import { type Size, sizeName } from '../size.ts'
import { type Goal, type Step, goalOf, goals, judged } from './goals.ts'
import { type MemoryUse, memoryGoalLine, memoryGoals } from './memory-goals.ts'
import type { Outcome } from './run-contests.ts'
import { type Standing, standingOf } from './standing.ts'

interface Pair {
  readonly peer: string
  readonly size: Size
  readonly ours: Standing
  readonly theirs: Standing
  readonly name: ReadonlyArray<string>
}

const name: ReadonlyArray<Column> = [{ heading: 'size' }, { heading: 'detector' }, { heading: 'against' }]

/** The tables of times, memory and accuracy, and what became of the goals, as Markdown. */
export function speedReport(outcomes: ReadonlyArray<Outcome>, leftOut: ReadonlyArray<string>): string {
  const pairs = outcomes.flatMap(pairOf)
  const failures = outcomes.flatMap((outcome) =>
    outcome.kind === 'failed'
      ? [
          `**failed**: ${outcome.contest.detector} at ${sizeName(outcome.size)} against ${outcome.contest.against}: ${outcome.reason}`,
        ]
      : [],
  )
  return [
    totals(pairs),
    steps(pairs),
    `Goals (CPU seconds of the peer / ours):\n\n${list(goals.map((goal) => goalLine(goal, pairs)))}`,
    `Memory above interpreter, libraries and data:\n\n${list(memoryGoals.map((goal) => memoryGoalLine(goal, pairs.map(memoryUse))))}`,
    ...(failures.length > 0 ? [`Failed:\n\n${list(failures)}`] : []),
    ...(leftOut.length > 0 ? [`Left out:\n\n${list(leftOut)}`] : []),
  ].join('\n\n')
}

function pairOf(outcome: Outcome): ReadonlyArray<Pair> {
  if (outcome.kind === 'failed') return []
  const { contest, size } = outcome
  const [ours, theirs] = [standingOf(outcome.ours), standingOf(outcome.peer)]
  return [{ peer: contest.peer, size, ours, theirs, name: [sizeName(size), contest.detector, contest.against] }]
}

function memoryUse({ peer, size, ours, theirs }: Pair): MemoryUse {
  return { peer, size, oursMb: ours.memoryMb, theirsMb: theirs.memoryMb }
}

function totals(pairs: ReadonlyArray<Pair>): string {
  const columns: ReadonlyArray<Column> = [
    ...name,
    ...figures(
      'ours CPU s',
      'peer CPU s',
      'ratio',
      'wall ratio',
      'first ratio',
      'ours MB',
      'peer MB',
      'ours AUC',
      'peer AUC',
    ),
    { heading: 'goal' },
  ]
  const rows = pairs.map(({ ours, theirs, ...pair }) => [
    ...pair.name,
    seconds(ours.times['fit + score'].cpuSeconds),
    seconds(theirs.times['fit + score'].cpuSeconds),
    times(ratio(ours, theirs, 'fit + score')),
    times(theirs.times['fit + score'].wallSeconds / ours.times['fit + score'].wallSeconds),
    times(firstRatio(ours, theirs)),
    ours.memoryMb.toFixed(1),
    theirs.memoryMb.toFixed(1),
    ours.rocAuc.toFixed(4),
    theirs.rocAuc.toFixed(4),
    goalText(goalOf(pair.peer, pair.size, 'fit + score'), ratio(ours, theirs, 'fit + score')),
  ])
  return `Fit + score together:\n\n${markdownTable(columns, rows)}`
}

function steps(pairs: ReadonlyArray<Pair>): string {
  const columns: ReadonlyArray<Column> = [
    ...name,
    ...figures('ours fit CPU s', 'peer fit CPU s', 'fit ratio'),
    { heading: 'goal' },
    ...figures('ours score CPU s', 'peer score CPU s', 'score ratio'),
  ]
  const rows = pairs.map(({ ours, theirs, ...pair }) => [
    ...pair.name,
    seconds(ours.times.fit.cpuSeconds),
    seconds(theirs.times.fit.cpuSeconds),
    times(ratio(ours, theirs, 'fit')),
    goalText(goalOf(pair.peer, pair.size, 'fit'), ratio(ours, theirs, 'fit')),
    seconds(ours.times.score.cpuSeconds),
    seconds(theirs.times.score.cpuSeconds),
    times(ratio(ours, theirs, 'score')),
  ])
  return `Each step alone:\n\n${markdownTable(columns, rows)}`
}

function goalLine(goal: Goal, pairs: ReadonlyArray<Pair>): string {
  const pair = pairs.find(({ peer, size }) => peer === goal.peer && sizeName(size) === goal.size)
  const verdict = judged(goal, pair && ratio(pair.ours, pair.theirs, goal.step))
  const aim = `${goal.peer} at ${goal.size}, ${goal.step}: at least ${times(goal.atLeast)}`
  if (!pair || verdict.kind === 'not measured') return `**not measured**: ${aim}`
  const first = goal.step === 'fit + score' ? ` (the first time ${times(firstRatio(pair.ours, pair.theirs))})` : ''
  return `${verdict.kind === 'missed' ? '**missed**' : 'met'}: ${aim}, measured ${times(verdict.ratio)}${first}`
}

function goalText(goal: Goal | undefined, measured: number): string {
  return goal ? `${times(goal.atLeast)} ${judged(goal, measured).kind}` : ''
}

function ratio(ours: Standing, theirs: Standing, step: Step): number {
  return theirs.times[step].cpuSeconds / ours.times[step].cpuSeconds
}

function firstRatio(ours: Standing, theirs: Standing): number {
  return theirs.firstRun.cpuSeconds / ours.firstRun.cpuSeconds
}

function figures(...headings: ReadonlyArray<string>): ReadonlyArray<Column> {
  return headings.map((heading) => ({ heading, figures: true }))
}

function seconds(value: number): string {
  return value.toPrecision(3)
}

// Rounded down: what falls short of a goal must not read like it.
function times(value: number): string {
  const digits = value < 10 ? 2 : 1
  const down = Math.floor(value * 10 ** digits + 1e-6) / 10 ** digits
  return `${down.toFixed(digits).replace(/\.?0+$/, '')}x`
}

function list(lines: ReadonlyArray<string>): string {
  return lines.map((line) => `- ${line}`).join('\n')
}

import {
  andersonDarling,
  ascending,
  chiSquared,
  classifierTest,
  createOnlineMmd,
  cramerVonMises,
  driftDetectionQuality,
  energyTest,
  kolmogorovSmirnov,
  mannWhitney,
  maximumMeanDiscrepancy,
  streamDriftDetectors,
  welch,
} from '@nomaly/ai-anomaly-detection/drift'

import { ERRORS, normal, NUMBERS, SHARES, type SimulatedStream, uniform } from './simulated-streams.ts'

const STATIONARY_ITEMS = 10_000
const CHANGE_AT = 1000
const ALPHA = 0.05

/** What a detector of drift on a stream does at its defaults. */
export interface StreamFigure {
  readonly id: string
  readonly stream: string
  /** Alarms in 10,000 items of the stream as it was. */
  readonly falseAlarms: number
  /** Mean items from the change to the alarm, of the changes that were found. */
  readonly delay: number | null
  readonly missed: number
}

const STREAM_CONTESTS: ReadonlyArray<readonly [string, SimulatedStream]> = [
  ['adwin', NUMBERS],
  ['adwin', ERRORS],
  ['kswin', NUMBERS],
  ['cusum', NUMBERS],
  ['ewma-chart', NUMBERS],
  ['page-hinkley', SHARES],
  ['page-hinkley', ERRORS],
  ['ddm', ERRORS],
  ['eddm', ERRORS],
  ['hddm-a', ERRORS],
  ['hddm-w', ERRORS],
]

/** False alarms of streams that stay, and delays after the 1,000th item of streams that change. */
export function streamFigures(runs: number, seed: number): ReadonlyArray<StreamFigure> {
  return STREAM_CONTESTS.map(([id, stream]) => {
    const random = uniform(seed)
    let falseAlarms = 0
    const delays: number[] = []
    for (let run = 0; run < runs; run++) {
      falseAlarms += alarmsOf(
        id,
        run,
        Array.from({ length: STATIONARY_ITEMS }, () => stream.before(random)),
      ).length
      const items = Array.from({ length: 3 * CHANGE_AT }, (_, at) =>
        at < CHANGE_AT ? stream.before(random) : stream.after(random),
      )
      const [delay = null] = driftDetectionQuality(alarmsOf(id, run, items), [CHANGE_AT], items.length).delays
      if (delay !== null) delays.push(delay)
    }
    const delay = delays.length === 0 ? null : delays.reduce((sum, one) => sum + one, 0) / delays.length
    return { id, stream: stream.name, falseAlarms: falseAlarms / runs, delay, missed: 1 - delays.length / runs }
  })
}

function alarmsOf(id: string, seed: number, items: ReadonlyArray<number>): ReadonlyArray<number> {
  const detector = streamDriftDetectors.create(id, {}, { columns: 1, seed })
  return items.flatMap((item, at) => (detector.update(item) === 'drift' ? [at] : []))
}

/** How many rows lie between false alarms of the online test. */
export interface RunTimeFigure {
  readonly reference: number
  readonly windowSize: number
  readonly expected: number
  readonly measured: number
}

/** Asked and measured run times of online MMD, over as many references. */
export function runTimeFigures(references: number, seed: number): ReadonlyArray<RunTimeFigure> {
  const contests = [
    { reference: 500, windowSize: 10, expected: 50 },
    { reference: 1000, windowSize: 20, expected: 100 },
  ]
  return contests.map((contest) => {
    const random = uniform(seed)
    let [rows, alarms] = [0, 0]
    for (let run = 0; run < references; run++) {
      const { windowSize, expected: expectedRunTime } = contest
      const detector = createOnlineMmd(pairs(contest.reference, 0, random), { expectedRunTime, windowSize, seed: run })
      for (let at = 0; at < 20 * expectedRunTime; at++, rows++) {
        if (detector.update([normal(random), normal(random)]) === 'drift') alarms++
      }
    }
    return { ...contest, measured: rows / alarms }
  })
}

/** How often a test of two samples says drift at an alpha of 5 %. */
export interface TestFigure {
  readonly test: string
  readonly sizes: string
  /** Of samples of one distribution. */
  readonly falseAlarms: number
  /** Of samples that differ as `what` says. */
  readonly found: number
  readonly what: string
}

type Draw = (size: number, moved: boolean) => Float64Array

/** False alarms and power of the tests, at sizes of 60 and 80. */
export function testFigures(runs: number, seed: number): ReadonlyArray<TestFigure> {
  const random = uniform(seed)
  const shifted: Draw = (size, moved) =>
    ascending(Float64Array.from({ length: size }, () => normal(random) + (moved ? 0.5 : 0)))
  const wider: Draw = (size, moved) =>
    ascending(Float64Array.from({ length: size }, () => normal(random) * (moved ? 2 : 1)))
  const numbers = {
    'anderson-darling': andersonDarling,
    'kolmogorov-smirnov': kolmogorovSmirnov,
    'cramer-von-mises': cramerVonMises,
  }
  const figures: TestFigure[] = []
  for (const [test, compare] of Object.entries({
    ...numbers,
    'mann-whitney': mannWhitney,
    welch,
    energy: energyTest,
  })) {
    for (const [what, draw] of [
      ['mean by 0.5 sd', shifted],
      ['sd twice as large', wider],
    ] as const) {
      const rate = (moved: boolean): number => rateOf(runs, () => compare(draw(60, false), draw(80, moved)).pValue)
      figures.push({ test, sizes: '60, 80', falseAlarms: rate(false), found: rate(true), what })
    }
  }
  const counts = (shares: ReadonlyArray<number>): number[] => countsOf(shares, 120, random)
  const even = [0.4, 0.3, 0.2, 0.1]
  const chi = (other: ReadonlyArray<number>): number =>
    rateOf(runs, () => chiSquared(counts(even), counts(other)).pValue)
  figures.push({
    test: 'chi-squared',
    sizes: '120, 120',
    falseAlarms: chi(even),
    found: chi([0.25, 0.3, 0.2, 0.25]),
    what: '40 % become 25 %',
  })
  const joint = { mmd: maximumMeanDiscrepancy, classifier: classifierTest }
  for (const [test, compare] of Object.entries(joint)) {
    const fewer = Math.ceil(runs / 5)
    const rate = (tie: number): number =>
      rateOf(fewer, () => compare(pairs(80, 0, random), pairs(80, tie, random)).pValue)
    figures.push({
      test,
      sizes: '80, 80',
      falseAlarms: rate(0),
      found: rate(0.8),
      what: 'two columns correlate by 0.8',
    })
  }
  return figures
}

function rateOf(runs: number, pValue: () => number): number {
  let alarms = 0
  for (let run = 0; run < runs; run++) if (pValue() < ALPHA) alarms++
  return alarms / runs
}

function countsOf(shares: ReadonlyArray<number>, size: number, random: () => number): number[] {
  const counts = shares.map(() => 0)
  for (let row = 0; row < size; row++) {
    let left = random()
    const at = shares.findIndex((share) => (left -= share) < 0)
    const category = at === -1 ? shares.length - 1 : at
    counts[category] = (counts[category] ?? 0) + 1
  }
  return counts
}

function pairs(rows: number, tie: number, random: () => number): { data: Float64Array; rows: number; columns: number } {
  const data = new Float64Array(2 * rows)
  for (let row = 0; row < rows; row++) {
    const first = normal(random)
    data[2 * row] = first
    data[2 * row + 1] = tie * first + Math.sqrt(1 - tie * tie) * normal(random)
  }
  return { data, rows, columns: 2 }
}

import { configureDetector, detectorIds } from '@nomaly/ai-anomaly-detection'
import manifest from '@nomaly/ai-anomaly-detection/package.json' with { type: 'json' }

import { writeReport } from '../benchmarks-page.ts'
import type { GrowthCommand } from '../command-line.ts'
import { markdownTable } from '../markdown-table.ts'
import { runNote } from '../run-note.ts'
import { repeated, timed } from '../speed/process-meter.ts'
import { syntheticData } from '../speed/synthetic-data.ts'
import { expectedGrowth } from './expected-growth.ts'
import { growthExponent } from './exponent.ts'

const COLUMNS = 10
const FEWEST_POINTS = 3

interface Point {
  readonly rows: number
  readonly seconds: number
}

/** Times every detector over growing data, fits the exponent and prints it beside what the algorithm says. */
export function compareGrowth(command: GrowthCommand, args: ReadonlyArray<string>): void {
  const { detectors = detectorIds } = command
  const lines: string[][] = []
  const leftOut: string[] = []
  for (const detector of detectors) {
    console.error(detector)
    try {
      lines.push(lineOf(detector, pointsOf(detector, command)))
    } catch (error) {
      leftOut.push(`- ${detector}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const note = runNote(args, { [manifest.name]: manifest.version, Node: process.versions.node })
  const how = `CPU seconds of fit + scores of the same rows, ${COLUMNS} columns, doubling the rows until a run takes ${command.seconds} s.`
  const table = markdownTable(
    [
      { heading: 'detector' },
      { heading: 'rows' },
      { heading: 'CPU s at the most rows', figures: true },
      { heading: 'exponent', figures: true },
      { heading: 'the algorithm says' },
    ],
    lines,
  )
  const rest = leftOut.length === 0 ? '' : `\n\nLeft out:\n\n${leftOut.join('\n')}`
  const report = `${note}\n${how}\n\n${table}${rest}`
  console.log(report)
  if (command.write) writeReport('growth', report)
}

function pointsOf(detector: string, { fewestRows, mostRows, seconds, seed }: GrowthCommand): ReadonlyArray<Point> {
  const configured = configureDetector(detector, {})
  const points: Point[] = []
  for (let rows = fewestRows; rows <= mostRows; rows *= 2) {
    const x = { ...syntheticData({ rows, columns: COLUMNS }, seed), rows, columns: COLUMNS }
    const work = (): unknown => configured.fit(x, { seed }).trainingScores()
    if (points.length === 0) for (let round = 0; round < 3; round++) work() // for the compiler
    const { cpuSeconds } = repeated(work, timed(work).time)
    points.push({ rows, seconds: cpuSeconds })
    if (cpuSeconds > seconds && points.length >= FEWEST_POINTS) break
  }
  return points
}

function lineOf(detector: string, points: ReadonlyArray<Point>): string[] {
  const [first, last] = [points[0], points.at(-1)]
  const exponent = growthExponent(points)
  const expected = expectedGrowth[detector]
  const verdict = expected !== undefined && exponent > expected.most + 0.15 ? ', **which this exceeds**' : ''
  return [
    detector,
    `${first?.rows} to ${last?.rows}`,
    last?.seconds.toPrecision(3) ?? '',
    exponent.toFixed(2),
    expected === undefined ? 'not stated here' : `${expected.text}${verdict}`,
  ]
}

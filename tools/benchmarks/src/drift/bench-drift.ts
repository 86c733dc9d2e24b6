import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import manifest from '@nomaly/ai-anomaly-detection/package.json' with { type: 'json' }

import { type Column, markdownTable } from '../markdown-table.ts'
import { withSection } from '../marked-section.ts'
import { runNote } from '../run-note.ts'
import { runTimeFigures, type StreamFigure, streamFigures, type TestFigure, testFigures } from './drift-figures.ts'

/** What to simulate. */
export interface DriftCommand {
  readonly kind: 'drift'
  /** Streams of each kind, and a twentieth of the pairs of samples. */
  readonly repetitions: number
  readonly seed: number
  readonly write: boolean
}

const page = join(import.meta.dirname, '../../../../docs/drift.md')
const figures = true
const STREAMS: ReadonlyArray<Column> = [
  { heading: 'detector' },
  { heading: 'stream' },
  { heading: 'false alarms in 10,000 items', figures },
  { heading: 'items to the alarm', figures },
  { heading: 'missed', figures },
]
const TESTS: ReadonlyArray<Column> = [
  { heading: 'test' },
  { heading: 'sizes' },
  { heading: 'false alarms at 5 %', figures },
  { heading: 'found', figures },
  { heading: 'of changes' },
]
const RUN_TIMES: ReadonlyArray<Column> = [
  { heading: 'online MMD: rows of the reference', figures },
  { heading: 'window', figures },
  { heading: 'expected run time', figures },
  { heading: 'measured', figures },
]

/** Simulates drift detectors on streams and samples whose changes are known, prints the tables and writes them. */
export function benchDrift({ repetitions, seed, write }: DriftCommand, args: ReadonlyArray<string>): void {
  const streams = streamFigures(repetitions, seed).map(streamRow)
  const tests = testFigures(20 * repetitions, seed).map(testRow)
  const runTimes = runTimeFigures(Math.ceil(repetitions / 2), seed).map((one) => [
    ...[one.reference, one.windowSize, one.expected].map(String),
    one.measured.toFixed(1),
  ])
  const note = runNote(args, { [manifest.name]: manifest.version, Node: process.versions.node })
  const report = `${note}\n\n${markdownTable(STREAMS, streams)}\n\n${markdownTable(TESTS, tests)}\n\n${markdownTable(RUN_TIMES, runTimes)}`
  console.log(report)
  if (write) writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'bench:drift', report))
}

function streamRow({ id, stream, falseAlarms, delay, missed }: StreamFigure): string[] {
  return [id, stream, falseAlarms.toFixed(2), delay === null ? '-' : delay.toFixed(0), percent(missed)]
}

function testRow({ test, sizes, falseAlarms, found, what }: TestFigure): string[] {
  return [test, sizes, percent(falseAlarms), percent(found), what]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

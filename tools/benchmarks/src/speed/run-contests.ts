import { join } from 'node:path'

import { outputOf } from '../child-process.ts'
import { type Size, sizeName } from '../size.ts'
import { type Contest, repetitionsOf } from './contests.ts'
import type { MeasurementOrder } from './measure-ours.ts'
import { type Measurement, parseMeasurement } from './measurement.ts'

/** What all measurements of a run have in common. */
export interface RunOptions {
  readonly repetitions: number
  readonly seed: number
  readonly quietSeconds: number
  /** The Python that has the peers. */
  readonly python: string
}

/** All measurements of a contest at a size, ours and the peer's in pairs; or what went wrong. */
export type Outcome = { readonly contest: Contest; readonly size: Size } & (
  | { readonly kind: 'measured'; readonly ours: ReadonlyArray<Measurement>; readonly peer: ReadonlyArray<Measurement> }
  | { readonly kind: 'failed'; readonly reason: string }
)

// One thread on both sides; a backend that draws nothing for what matplotlib drags in.
const oneThread = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  VECLIB_MAXIMUM_THREADS: '1',
  NUMBA_NUM_THREADS: '1',
  MPLBACKEND: 'Agg',
}
const longestSeconds = 1800

/** Measures ours and the peer in turn, each time in a new process, so that both meet the same weather. */
export async function runContest(contest: Contest, size: Size, options: RunOptions): Promise<Outcome> {
  const ours: Measurement[] = []
  const peer: Measurement[] = []
  try {
    const repetitions = repetitionsOf(contest, size, options.repetitions)
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      const name = `${sizeName(size)} ${contest.detector}, ${repetition} of ${repetitions}`
      console.error(`${name}: ours`)
      const own = await measuredOurs(contest, size, options)
      console.error(`${name}: ${contest.against}`)
      const theirs = await measuredPeer(contest, size, options)
      if (own.dataSha256 !== theirs.dataSha256) throw new Error('the two sides worked on different data')
      ours.push(own)
      peer.push(theirs)
    }
    return { kind: 'measured', contest, size, ours, peer }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.error(`${sizeName(size)} ${contest.detector} against ${contest.against} failed: ${reason}`)
    return { kind: 'failed', contest, size, reason }
  }
}

async function measuredOurs(contest: Contest, size: Size, { seed, quietSeconds }: RunOptions): Promise<Measurement> {
  const { detector, parameters, fitScoresTrainingRows } = contest
  const order: MeasurementOrder = { detector, parameters, fitScoresTrainingRows, size, seed, quietSeconds }
  const main = join(import.meta.dirname, '../main.ts')
  const args = [main, 'measure', JSON.stringify(order)]
  return parseMeasurement(await outputOf(process.execPath, args, { seconds: longestSeconds, env: oneThread }))
}

async function measuredPeer({ peer }: Contest, size: Size, options: RunOptions): Promise<Measurement> {
  const script = join(import.meta.dirname, '../../peers/measure.py')
  const figures = [size.rows, size.columns, options.seed, options.quietSeconds].map(String)
  const args = ['-B', script, peer, ...figures] // -B: leaves no compiled files among the sources
  return parseMeasurement(await outputOf(options.python, args, { seconds: longestSeconds, env: oneThread }))
}

import { CancellableSource } from '../../application/streaming/cancellable-source.ts'
import type { SampleFault, SampleReceipt } from '../../application/streaming/hosted/sample-block.ts'
import type { StreamHost } from '../../application/streaming/hosted/stream-host.ts'
import { type AnomalyDetectionErrorCode, AnomalyDetectionError } from '../../domain/errors.ts'
import { lineBlocks, type LineLimits, TooLarge } from './line-blocks.ts'
import { type Problem, problemOf } from './problem.ts'

/** What became of a body: all blocks of it together. */
export type SamplesTaken = Omit<SampleReceipt, 'lines' | 'fault'>

/** What is sent to which stream. */
export interface SamplesSent extends LineLimits {
  readonly name: string
  readonly body: AsyncIterable<Uint8Array>
  /** The number of its first sample. */
  readonly from: number | undefined
  /** Aborted when no more is to be taken. */
  readonly signal: AbortSignal | undefined
}

/**
 * Takes the samples of a body, a block after the other, each acknowledged before the next is read.
 * @returns what was taken, and what ended it early
 */
export async function takeSamples(
  streams: Pick<StreamHost, 'push'>,
  { name, body, from, signal, ...limits }: SamplesSent,
): Promise<{ readonly taken: SamplesTaken; readonly problem?: Problem }> {
  let taken: SamplesTaken = { accepted: 0, skipped: 0, first: null, last: null, anomalies: 0, next: from ?? 0 }
  let line = 0
  try {
    for await (const bytes of lineBlocks(untilAborted(body, signal), limits)) {
      const start = from === undefined ? undefined : from + taken.accepted + taken.skipped
      const receipt = await streams.push(name, { bytes, line, from: start })
      line += receipt.lines
      taken = sumOf(taken, receipt)
      if (receipt.fault !== undefined) return { taken, problem: problemOfFault(receipt.fault) }
    }
    return { taken }
  } catch (error) {
    const problem = error instanceof TooLarge ? tooLarge(error, line + 1) : problemOf(error)
    if (problem === undefined) throw error
    return { taken, problem }
  }
}

// A body may come for ever, as of `tail -f`.
async function* untilAborted(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = new CancellableSource(body, signal)
  try {
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
  } catch (error) {
    if (signal?.aborted === true) throw ending()
    throw new AnomalyDetectionError('anomaly-detection/cancelled', 'the body broke off', {}, error)
  } finally {
    await source.close()
  }
}

function sumOf(sum: SamplesTaken, { accepted, skipped, first, last, anomalies, next }: SampleReceipt): SamplesTaken {
  return {
    accepted: sum.accepted + accepted,
    skipped: sum.skipped + skipped,
    first: sum.first ?? first,
    last: last ?? sum.last,
    anomalies: sum.anomalies + anomalies,
    next,
  }
}

function problemOfFault({ line, code, message }: SampleFault): Problem {
  const error = new AnomalyDetectionError(
    code as AnomalyDetectionErrorCode,
    `line ${line}: ${message}; what stands before it is taken`,
  ) // as of a receipt
  return { ...(problemOf(error) as Problem), line } // an error of this package has one
}

function tooLarge({ message }: TooLarge, line: number): Problem {
  const type = 'urn:nomaly:anomaly-detection/too-large'
  return { type, title: 'Too large', status: 413, detail: `line ${line} and what follows: ${message}`, line }
}

function ending(): AnomalyDetectionError {
  const message = 'the server ends; send the other samples again when it is back'
  return new AnomalyDetectionError('anomaly-detection/stream-closed', message)
}

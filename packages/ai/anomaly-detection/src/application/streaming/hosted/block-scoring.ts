/** Takes blocks of lines into a stream, in turns that leave the thread to others. */
import type { AnomalyDetectionErrorCode } from '../../../domain/errors.ts'
import type { AnomalyStream } from '../anomaly-stream.ts'
import { sampleLineOf } from '../sample-line.ts'
import { streamRecordOf } from '../stream-record.ts'
import { isOfSample } from '../stream-run.ts'
import type { SampleBlock, SampleFault } from './sample-block.ts'

/** What came of a block in memory; nothing of it is safe yet. */
export interface ScoredBlock {
  /** What a replay has to take again: the samples taken, and perhaps one that the stream refused. */
  readonly journal: string
  /** As JSON. */
  readonly results: ReadonlyArray<string>
  readonly accepted: number
  readonly skipped: number
  readonly lines: number
  readonly anomalies: number
  readonly next: number
  readonly fault: SampleFault | undefined
}

/** How long a stream may keep the thread. */
export const TURN_MS = 10

/** Samples of a stream that were taken, and so the number of the next one. */
export function takenBy({ counts }: AnomalyStream): number {
  return counts.received - counts.refused
}

/** Pushes the samples of a block up to the first line that cannot be taken. */
export async function scoreBlock(stream: AnomalyStream, { bytes, line, from }: SampleBlock): Promise<ScoredBlock> {
  const texts = new TextDecoder().decode(bytes).split('\n')
  if (texts.at(-1) === '') texts.pop()
  const start = takenBy(stream)
  const scoring = new Scoring(stream, from === undefined ? 0 : start - from)
  if (from !== undefined && from > start) {
    const message = `the samples would begin with number ${from}, and ${start} is the next one: send those between first`
    return scoring.ended(0, { line: line + 1, code: 'anomaly-detection/sample-gap' satisfies Code, message })
  }
  let turnEnds = performance.now() + TURN_MS
  for (let i = 0; i < texts.length; i++) {
    const fault = scoring.take(texts[i] ?? '')
    if (fault !== undefined) return scoring.ended(i + 1, { line: line + i + 1, ...fault })
    if (performance.now() < turnEnds) continue
    await new Promise((resolve) => setTimeout(resolve))
    turnEnds = performance.now() + TURN_MS
  }
  return scoring.ended(texts.length, undefined)
}

type Code = AnomalyDetectionErrorCode

class Scoring {
  readonly #stream: AnomalyStream
  readonly #anomaliesBefore: number
  readonly #toSkip: number
  readonly #results: string[] = []
  #journal = ''
  #accepted = 0
  #skipped = 0

  constructor(stream: AnomalyStream, toSkip: number) {
    this.#stream = stream
    this.#anomaliesBefore = stream.counts.anomalies
    this.#toSkip = toSkip
  }

  // Answers why the line cannot be taken.
  take(text: string): { readonly code: Code; readonly message: string } | undefined {
    const read = sampleLineOf(text)
    if (read === undefined) return undefined
    if (this.#skipped < this.#toSkip) {
      this.#skipped++
      return undefined
    }
    if ('fault' in read) return { code: 'anomaly-detection/shape-mismatch', message: read.fault }
    this.#journal += `${text}\n`
    try {
      for (const result of this.#stream.push(read.sample)) {
        const { values } = result
        this.#results.push(JSON.stringify({ ...streamRecordOf(result), values }))
      }
    } catch (error) {
      if (!isOfSample(error)) throw error
      return { code: error.code, message: error.message } // the stream has counted it, so a replay must too
    }
    this.#accepted++
    return undefined
  }

  ended(lines: number, fault: SampleFault | undefined): ScoredBlock {
    return {
      journal: this.#journal,
      results: this.#results,
      accepted: this.#accepted,
      skipped: this.#skipped,
      lines,
      anomalies: this.#stream.counts.anomalies - this.#anomaliesBefore,
      next: takenBy(this.#stream),
      fault,
    }
  }
}

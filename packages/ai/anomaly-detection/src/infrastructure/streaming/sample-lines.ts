import type { ReadSample, SampleBatch, SampleFormat, SamplePosition } from '../../application/ports/sample-source.ts'
import { sampleLineOf } from '../../application/streaming/sample-line.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { csvFields, hasOpenQuote } from './csv-fields.ts'

const LONGEST_LINE = 16 * 1024 * 1024 // bytes; a source without line feeds must not fill the memory
const LINE_FEED = 10
const SEPARATORS = { csv: ',', tsv: '\t' } as const

/** Makes samples of bytes, as they come. */
export class SampleLines {
  readonly #format: SampleFormat
  readonly #decoder = new TextDecoder()
  #rest: Uint8Array = new Uint8Array() // behind the last line feed
  #record = '' // lines of a record whose quotes are still open
  #recordLines = 0
  #bytes: number
  #line: number
  #header: ReadonlyArray<string> | null

  /** @param from - where reading goes on; default the beginning */
  constructor(format: SampleFormat, from: SamplePosition = { bytes: 0, line: 0, header: null }) {
    this.#format = format
    this.#bytes = from.bytes
    this.#line = from.line
    this.#header = from.header
  }

  /** @throws AnomalyDetectionError `invalid-options` for a line without end, which is no such format */
  take(chunk: Uint8Array): SampleBatch {
    const end = chunk.lastIndexOf(LINE_FEED) + 1
    const samples = end === 0 ? [] : this.#read(joined(this.#rest, chunk.subarray(0, end)))
    this.#rest = end === 0 ? joined(this.#rest, chunk) : chunk.slice(end)
    if (this.#rest.length + this.#record.length > LONGEST_LINE) {
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-options',
        `line ${this.#line + 1} has more than ${LONGEST_LINE} bytes: this is no ${this.#format}`,
        { line: this.#line + 1 },
      )
    }
    return { samples, position: this.#position() }
  }

  /** Takes what stands behind the last line feed for a line: the source has ended. */
  end(): SampleBatch {
    const samples = this.#rest.length === 0 ? [] : this.#read(this.#rest)
    this.#rest = new Uint8Array()
    if (this.#record !== '') samples.push({ line: this.#line, fault: 'a quote is not closed' })
    this.#forgetRecord()
    return { samples, position: this.#position() }
  }

  /** Begins anew: the source is another one now. */
  restart(): void {
    this.#rest = new Uint8Array()
    this.#forgetRecord()
    this.#bytes = 0
    this.#line = 0
    this.#header = null
  }

  #forgetRecord(): void {
    this.#record = ''
    this.#recordLines = 0
  }

  #position(): SamplePosition {
    const waiting = this.#record === '' ? 0 : new TextEncoder().encode(this.#record).length
    return { bytes: this.#bytes - waiting, line: this.#line - this.#recordLines, header: this.#header }
  }

  #read(bytes: Uint8Array): ReadSample[] {
    this.#bytes += bytes.length
    const samples: ReadSample[] = []
    const lines = this.#decoder.decode(bytes).split('\n')
    if (lines.at(-1) === '') lines.pop()
    for (const text of lines) {
      this.#line++
      const read = this.#format === 'jsonl' ? parsedJson(text, this.#line) : this.#readRecord(text, this.#format)
      if (read !== undefined) samples.push(read)
    }
    return samples
  }

  #readRecord(text: string, format: 'csv' | 'tsv'): ReadSample | undefined {
    const record = this.#record + text
    if (hasOpenQuote(record)) {
      this.#record = `${record}\n`
      this.#recordLines++
      return undefined
    }
    this.#forgetRecord()
    if (record.trim() === '') return undefined
    const fields = csvFields(record.replace(/\r$/, ''), SEPARATORS[format])
    if (this.#header === null) {
      this.#header = fields.map((name) => name.trim())
      return undefined
    }
    const { length } = this.#header
    if (fields.length !== length) {
      return { line: this.#line, fault: `there are ${fields.length} fields; the header has ${length}` }
    }
    const sample: Record<string, string> = {}
    for (let i = 0; i < length; i++) sample[this.#header[i] ?? ''] = fields[i] ?? ''
    return { line: this.#line, sample }
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

function parsedJson(text: string, line: number): ReadSample | undefined {
  const read = sampleLineOf(text)
  return read && { line, ...read }
}

import { AnomalyDetectionError } from '../../domain/errors.ts'
import { epochMsOf, type TimeUnit } from '../../domain/streaming/time/timestamp.ts'

/**
 * A sample: a record with named numbers, and perhaps a key and a time; or only the numbers, in the order of the
 * features; or a single one. `null`, `undefined`, an empty text and NaN are missing numbers.
 */
export type StreamSample = number | ArrayLike<number> | Readonly<Record<string, unknown>>

/** Which fields of a sample mean what. */
export interface SampleFields {
  readonly features: ReadonlyArray<string>
  readonly key: string | undefined
  readonly time: string | undefined
  readonly timeUnit: TimeUnit
}

/** Reads samples one after the other into the same memory. */
export class SampleReader {
  readonly #fields: SampleFields
  /** Of the last sample read, shape (features); NaN where a number is missing. */
  readonly values: Float64Array
  /** Epoch milliseconds of the last sample read; NaN where samples have none. */
  time: number = Number.NaN
  /** Of the last sample read; empty where there are no keys. */
  key: string = ''
  /** Whether the last sample read lacks a number. */
  isIncomplete: boolean = false

  constructor(fields: SampleFields) {
    this.#fields = fields
    this.values = new Float64Array(fields.features.length)
  }

  /** @throws AnomalyDetectionError `shape-mismatch`, `non-finite`, `missing-value` (the key), `invalid-timestamp` */
  read(sample: StreamSample): void {
    this.isIncomplete = false
    if (typeof sample === 'number') this.#readNumbers([sample])
    else if (isNumbers(sample)) this.#readNumbers(sample)
    else this.#readRecord(sample)
  }

  #readNumbers(sample: ArrayLike<number>): void {
    const { features, key, time } = this.#fields
    const field = key ?? time
    if (field !== undefined) {
      throw new AnomalyDetectionError(
        'anomaly-detection/shape-mismatch',
        `a sample without names has no '${field}'; give records, or neither key nor time`,
        { field },
      )
    }
    if (sample.length !== features.length) {
      throw new AnomalyDetectionError(
        'anomaly-detection/shape-mismatch',
        `the sample has ${sample.length} numbers; ${features.length} are needed`,
        { values: sample.length, expected: features.length },
      )
    }
    for (let i = 0; i < features.length; i++) this.#keep(i, sample[i])
  }

  #readRecord(sample: Readonly<Record<string, unknown>>): void {
    const { features, key, time, timeUnit } = this.#fields
    for (let i = 0; i < features.length; i++) this.#keep(i, sample[features[i] ?? ''])
    if (key !== undefined) this.key = keyOf(sample[key], key)
    if (time === undefined) return
    const at = epochMsOf(sample[time], timeUnit)
    if (Number.isNaN(at)) throw invalidTime(time, sample[time])
    this.time = at
  }

  #keep(i: number, value: unknown): void {
    const number = typeof value === 'number' ? value : numberOf(value, this.#fields.features[i] ?? '')
    if (number === Infinity || number === -Infinity) throw notFinite(this.#fields.features[i] ?? '', number)
    if (Number.isNaN(number)) this.isIncomplete = true
    this.values[i] = number
  }
}

/**
 * The features of a stream, where they are not given: the names of all numbers of its first sample.
 * @throws AnomalyDetectionError `no-numeric-column`, `empty-dataset` for a sample without any number
 */
export function featuresOfFirst(
  sample: StreamSample,
  { key, time }: { readonly key?: string | undefined; readonly time?: string | undefined },
): ReadonlyArray<string> {
  if (typeof sample === 'number') return ['value']
  if (isNumbers(sample)) {
    if (sample.length === 0) {
      throw new AnomalyDetectionError('anomaly-detection/empty-dataset', 'the first sample has no numbers', {})
    }
    return Array.from({ length: sample.length }, (_, i) => `x${i + 1}`)
  }
  const fields = Object.keys(sample)
  const features = fields.filter((name) => name !== key && name !== time && isNumeric(sample[name]))
  if (features.length > 0) return features
  throw new AnomalyDetectionError(
    'anomaly-detection/no-numeric-column',
    `the first sample has no number to score; it has ${fields.join(', ') || 'no field'}`,
    { ignored: fields },
  )
}

function isNumbers(sample: StreamSample): sample is ArrayLike<number> {
  return Array.isArray(sample) || ArrayBuffer.isView(sample)
}

function isNumeric(value: unknown): boolean {
  if (typeof value === 'number') return true
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
}

function numberOf(value: unknown, feature: string): number {
  if (value === undefined || value === null) return Number.NaN
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string') {
    if (value.trim() === '') return Number.NaN
    const number = Number(value)
    if (!Number.isNaN(number) || value.trim().toLowerCase() === 'nan') return number
  }
  throw notFinite(feature, value)
}

function notFinite(feature: string, value: unknown): AnomalyDetectionError {
  const what = typeof value === 'number' ? String(value) : `a ${typeof value}`
  return new AnomalyDetectionError(
    'anomaly-detection/non-finite',
    `'${feature}' of the sample is ${what}; a finite number is needed, or null for a missing one`,
    { feature },
  )
}

function keyOf(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  throw new AnomalyDetectionError(
    'anomaly-detection/missing-value',
    `'${field}' of the sample is ${value === '' ? 'empty' : value === undefined || value === null ? 'missing' : `a ${typeof value}`}; it names the entity`,
    { feature: field },
  )
}

function invalidTime(field: string, value: unknown): AnomalyDetectionError {
  const what = typeof value === 'string' ? 'a text that is no time' : `a ${typeof value} that is no time`
  return new AnomalyDetectionError(
    'anomaly-detection/invalid-timestamp',
    `'${field}' of the sample is ${value === undefined || value === null ? 'missing' : what}; an ISO 8601 date-time or a number since 1970 is needed`,
    { feature: field },
  )
}

/** Reads a state that came from outside, field by field, and refuses what could not have been written by `toJSON`. */
import { AnomalyDetectionError } from '../errors.ts'

const MOST_NUMBERS = 2 ** 26 // no part keeps more; a state that says so would only fill the memory

/** Every method throws AnomalyDetectionError `invalid-stream-state`, naming the field, where the field is not as asked. */
export class StateReader {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #subject: string

  /** @param subject - what is read, for messages: `state of loda` */
  constructor(state: unknown, subject: string) {
    this.#subject = subject
    if (typeof state !== 'object' || state === null || Array.isArray(state)) throw this.fault('', 'it is no object')
    this.#fields = state as Readonly<Record<string, unknown>>
  }

  /** Of a part whose state says which part it is of, and in which form it is written. */
  static ofPart(state: unknown, id: string, format = 1): StateReader {
    const reader = new StateReader(state, `state of ${id}`)
    reader.oneOf('id', [id])
    reader.integer('format', format, format)
    return reader
  }

  integer(field: string, least = 0, most: number = Number.MAX_SAFE_INTEGER): number {
    const value = this.number(field, least, most)
    if (!Number.isSafeInteger(value)) throw this.fault(field, `${value} is no whole number`)
    return value
  }

  /** Finite. */
  number(field: string, least: number = -Infinity, most: number = Infinity): number {
    const value = this.#fields[field]
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.fault(field, 'it is no finite number')
    if (value < least || value > most) throw this.fault(field, `${value} is not from ${least} to ${most}`)
    return value
  }

  flag(field: string): boolean {
    const value = this.#fields[field]
    if (typeof value !== 'boolean') throw this.fault(field, 'it is neither true nor false')
    return value
  }

  oneOf<Name extends string>(field: string, names: ReadonlyArray<Name>): Name {
    const found = names.find((name) => name === this.#fields[field])
    if (found === undefined) throw this.fault(field, `it is none of ${names.join(', ')}`)
    return found
  }

  /** A list of finite numbers whose length lies from `least` to `most`. */
  numbers(field: string, least: number, most: number = least): Float64Array {
    const values = this.list(field, least, most)
    const bad = values.findIndex((value) => typeof value !== 'number' || !Number.isFinite(value))
    if (bad !== -1) throw this.fault(field, `entry ${bad} is no finite number`)
    return Float64Array.from(values as ReadonlyArray<number>)
  }

  /** A list of `length` whole numbers from `least` to `most`. */
  integers(field: string, length: number, least: number, most: number): Int32Array {
    const values = this.list(field, length, length)
    const bad = values.findIndex(
      (value) => typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most,
    )
    if (bad !== -1) throw this.fault(field, `entry ${bad} is no whole number from ${least} to ${most}`)
    return Int32Array.from(values as ReadonlyArray<number>)
  }

  /** A list of anything. */
  list(field: string, least: number, most: number = least): ReadonlyArray<unknown> {
    const values = this.#fields[field]
    if (!Array.isArray(values)) throw this.fault(field, 'it is no list')
    if (values.length < least || values.length > Math.min(most, MOST_NUMBERS))
      throw this.fault(field, `it has ${values.length} entries, not ${least === most ? least : `${least} to ${most}`}`)
    return values
  }

  /** The state of a part of this part, to be read by itself; undefined or null where there is none. */
  part(field: string): unknown {
    return this.#fields[field]
  }

  /** What is to be thrown where fields do not fit together. */
  fault(field: string, problem: string): AnomalyDetectionError {
    const where = field === '' ? '' : `${field}: `
    return new AnomalyDetectionError('anomaly-detection/invalid-stream-state', `${this.#subject}: ${where}${problem}`, {
      field,
    })
  }
}

import type { Frame } from '../../live/sse-frames.ts'

/** A stream, as the API tells it; one that failed has but a reason. */
export interface Stream {
  readonly name: string
  readonly createdAt: number
  readonly state: 'ready' | 'failed'
  readonly reason?: string
  readonly options?: { readonly key?: string; readonly time?: string; readonly detector?: { readonly id: string } }
  readonly features?: ReadonlyArray<string> | null
  /** Of the probability, or of the score where there is none. */
  readonly threshold?: number | null
  readonly samples?: number
  readonly results?: { readonly first: number; readonly last: number }
  readonly counts?: Readonly<Record<string, number>>
}

/** What a stream says of a sample. */
export interface Result {
  readonly id: number
  readonly time?: string
  readonly key?: string
  /** A number a feature; null where it is missing. */
  readonly values: ReadonlyArray<number | null>
  readonly score: number
  readonly probability?: number
  readonly anomaly: boolean
  /** Of anomalies, where the detector can say. */
  readonly expected?: ReadonlyArray<number>
  readonly attribution?: ReadonlyArray<{ readonly feature: string; readonly high: number; readonly low: number }>
}

/** The address of a stream in the API. */
export function streamPath(name: string): string {
  return `/api/v1/streams/${encodeURIComponent(name)}`
}

/** Reads a result from a live connection, which also tells of other things. */
export function resultOf({ event, id, data }: Frame): Result | undefined {
  if (event !== 'result') return undefined
  return { ...(JSON.parse(data) as Omit<Result, 'id'>), id: Number(id) } // as the API describes it
}

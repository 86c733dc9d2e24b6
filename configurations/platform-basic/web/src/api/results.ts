import { ask } from './ask.ts'

/** One series of a result. */
export interface Entity {
  readonly key: string | null
  readonly rows: number
  readonly anomalies: number
  /** Null where none of its rows has a score. */
  readonly highest: number | null
  /** Null where it was too short to say anything about. */
  readonly threshold: number | null
  readonly detector?: string
}

/** A kept result but for its rows. */
export interface ResultInfo {
  readonly id: string
  readonly dataset: { readonly id: string | null; readonly name: string; readonly sha256: string | null }
  readonly createdAt: number
  readonly durationMs: number
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly options: Readonly<Record<string, unknown>>
  readonly model?: { readonly name: string; readonly version: number }
  readonly columns: ReadonlyArray<string>
  readonly series?: {
    readonly time: string
    readonly value: string
    readonly key?: string
    readonly entities: ReadonlyArray<Entity>
  }
  /** Null where each series has one of its own. */
  readonly threshold: number | null
  readonly rows: number
  readonly anomalyCount: number
  readonly scores: { readonly least: number; readonly most: number }
  readonly bands: boolean
  readonly feedback: { readonly trueAlarms: number; readonly falseAlarms: number }
}

/** What somebody says of a row. */
export interface Feedback {
  readonly verdict: 'true_alarm' | 'false_alarm'
  readonly note?: string
  readonly at: number
}

/** A row of a result. */
export interface ResultRow {
  readonly row: number
  readonly score: number | null
  readonly anomaly: boolean
  /** Epoch milliseconds; of series alone, as what follows. */
  readonly time?: number
  readonly key?: string
  readonly value?: number
  readonly expected?: number
  readonly lower?: number
  readonly upper?: number
  readonly feedback?: Feedback
}

/** Scores of neighbouring rows; for series also what was expected, and which series a row is of. */
export interface Scores {
  readonly start: number
  readonly scores: ReadonlyArray<number | null>
  /** Epoch milliseconds. */
  readonly time?: ReadonlyArray<number | null>
  readonly value?: ReadonlyArray<number | null>
  readonly expected?: ReadonlyArray<number | null>
  readonly lower?: ReadonlyArray<number | null>
  readonly upper?: ReadonlyArray<number | null>
  readonly entity?: ReadonlyArray<number | null>
}

/** How many of the anomalies that were looked at are ones. */
export interface Evaluation {
  readonly reviewed: number
  readonly trueAlarms: number
  readonly falseAlarms: number
  readonly precision: number | null
  readonly interval: readonly [number, number] | null
}

/** A page of a result's rows. */
export interface RowsPage {
  readonly rows: ReadonlyArray<ResultRow>
  readonly next?: string | null
}

/** Where a result is, and what belongs to it. */
export function resultPath(id: string, rest = ''): string {
  return `/api/v1/results/${encodeURIComponent(id)}${rest}`
}

/** Asks for a result. */
export function askResult(id: string, signal: AbortSignal): Promise<ResultInfo> {
  return ask<ResultInfo>(resultPath(id), { signal })
}

/** The rows of anomalies, the highest score first; at most `most` of them, in pages of the API's largest. */
export async function askAnomalies(id: string, most: number, signal: AbortSignal): Promise<ReadonlyArray<ResultRow>> {
  const found: ResultRow[] = []
  let cursor = ''
  do {
    const limit = Math.min(1000, most - found.length)
    const query = new URLSearchParams({ anomalies: 'true', sort: 'score', limit: String(limit) })
    if (cursor !== '') query.set('cursor', cursor)
    const page = await ask<RowsPage>(resultPath(id, `/rows?${query}`), { signal })
    found.push(...page.rows)
    cursor = page.next ?? ''
  } while (cursor !== '' && found.length < most)
  return found
}

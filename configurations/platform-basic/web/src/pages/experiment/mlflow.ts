import { ask } from '../../api/ask.ts'
import type { Mood } from '../../parts/badge.tsx'

/** A name and its value, as MLflow's API lists tags, parameters and aliases. */
export interface Pair {
  readonly key: string
  readonly value: string
}

/** A point of a metric; what is not finite comes as text. */
export interface Metric {
  readonly key: string
  readonly value: number | string
  readonly timestamp: number
  readonly step: number
  readonly run_id?: string
}

/** An experiment. Times are epoch milliseconds. */
export interface Experiment {
  readonly experiment_id: string
  readonly name: string
  readonly creation_time?: number
  readonly last_update_time?: number
  readonly tags?: ReadonlyArray<Pair>
}

/** A run. Members that are empty are absent. */
export interface Run {
  readonly info: {
    readonly run_id: string
    readonly run_name?: string
    readonly experiment_id: string
    readonly user_id?: string
    readonly status: string
    readonly start_time?: number
    readonly end_time?: number
  }
  readonly data: {
    readonly metrics?: ReadonlyArray<Metric>
    readonly params?: ReadonlyArray<Pair>
    readonly tags?: ReadonlyArray<Pair>
  }
  readonly inputs?: {
    readonly dataset_inputs?: ReadonlyArray<{
      readonly dataset: { readonly name: string; readonly digest: string; readonly source?: string }
    }>
  }
  readonly outputs?: { readonly model_outputs?: ReadonlyArray<{ readonly model_id: string }> }
}

/** Calls MLflow's API. */
export function askMlflow<T>(
  path: string,
  {
    query,
    body,
    method,
    signal,
  }: {
    readonly query?: Readonly<Record<string, string>>
    readonly body?: unknown
    readonly method?: string
    readonly signal?: AbortSignal
  },
): Promise<T> {
  const text = new URLSearchParams(query).toString()
  return ask<T>(`/api/2.0/mlflow/${path}${text === '' ? '' : `?${text}`}`, {
    body,
    ...(method !== undefined && { method }),
    ...(signal !== undefined && { signal }),
  })
}

/** A run by its id. */
export async function runOf(id: string, signal: AbortSignal): Promise<Run> {
  return (await askMlflow<{ readonly run: Run }>('runs/get', { query: { run_id: id }, signal })).run
}

/** What a run is called. */
export function nameOf({ info: { run_name: name, run_id: id } }: Run): string {
  return name ?? id
}

/** How long a run took, in milliseconds; undefined while it goes on. */
export function tookOf({ info: { start_time: start, end_time: end } }: Run): number | undefined {
  return start === undefined || end === undefined || end === 0 ? undefined : end - start
}

/** A run's state as a badge. */
export function badgeOf({ info: { status } }: Run): { readonly mood: Mood; readonly text: string } {
  return { mood: MOODS[status] ?? 'plain', text: status.toLowerCase() }
}

const MOODS: Readonly<Record<string, Mood>> = { FINISHED: 'good', FAILED: 'bad', RUNNING: 'busy', KILLED: 'warning' }

/** The keys that any of some runs has, by how many have them and then by name. */
export function keysOf(runs: ReadonlyArray<Run>, what: 'metrics' | 'params'): ReadonlyArray<string> {
  const counts = new Map<string, number>()
  for (const { data } of runs) {
    for (const { key } of data[what] ?? []) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].toSorted(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([key]) => key)
}

/** A run's last value of a metric, or its parameter, as people read it. */
export function valueOf({ data }: Run, what: 'metrics' | 'params', key: string): string {
  const value = data[what]?.find((one) => one.key === key)?.value
  if (typeof value !== 'number') return value ?? ''
  const isTiny = value !== 0 && Math.abs(value) < 1e-4
  return isTiny ? value.toExponential(3) : value.toLocaleString('en', { maximumSignificantDigits: 6 })
}

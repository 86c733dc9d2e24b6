import { randomUUID } from 'node:crypto'

import type { WireStep } from './step.ts'

/** What a server answered to a step, with everything that is its own choice taken out. */
export interface WireAnswer {
  readonly status: number
  readonly body: unknown
}

/** Runs the steps in order. Ids become the names under which they were kept, and times become `time`. */
export async function runWireSteps(url: string, steps: ReadonlyArray<WireStep>): Promise<ReadonlyArray<WireAnswer>> {
  const kept = new Map<string, string>([['salt', randomUUID()]])
  const filled = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => kept.get(name) ?? whole)
  const answers: WireAnswer[] = []
  for (const step of steps) {
    const body = step.body === undefined ? undefined : filled(JSON.stringify(step.body))
    const response = await fetch(url + filled(step.path), {
      method: step.method,
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    })
    const text = await response.text()
    let answer: unknown
    try {
      answer = JSON.parse(text)
    } catch {
      answer = text // a page instead of JSON is an answer too
    }
    for (const [name, path] of Object.entries(step.keep ?? {})) {
      const value = path.split('.').reduce<unknown>((inside, key) => (inside as Record<string, unknown>)?.[key], answer)
      if (typeof value === 'string') kept.set(name, value)
    }
    answers.push({ status: response.status, body: normalised(answer, kept) })
  }
  return answers
}

const TIMES = /_(time|timestamp|timestamp_ms)$/
const OWN = new Set(['sqlstate', 'error_class', 'next_page_token', 'workspace'])

function normalised(value: unknown, kept: ReadonlyMap<string, string>, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => normalised(item, kept)).sort(byText)
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([name, inner]) => !OWN.has(name) && !isEmpty(inner))
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(entries.map(([name, inner]) => [name, normalised(inner, kept, name)]))
  }
  if (typeof value === 'number' && TIMES.test(key)) return 'time'
  if (typeof value !== 'string') return value
  let text = value
  for (const [name, id] of kept) if (id.length > 8) text = text.replaceAll(id, `{${name}}`)
  if (key === 'run_id' || key === 'run_uuid') text = text.replace(/^[0-9a-f]{32}$/, 'id')
  if (key === 'experiment_id') return 'number'
  return text
    .replaceAll(/mlflow-artifacts:\/\d+/g, 'mlflow-artifacts:/number')
    .replaceAll(/[0-9a-f]{32}/g, 'id')
    .replaceAll(/(experiment |id[= ])\d+\b/g, '$1number')
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

import type { JSX } from 'preact'

import { Answered, useAnswer } from '../api/use-answer.tsx'
import { numberText } from '../numbers.ts'
import { Badge } from '../parts/badge.tsx'
import { DataTable } from '../parts/data-table.tsx'

interface Readiness {
  readonly status: string
  readonly dependencies: ReadonlyArray<{
    readonly name: string
    readonly status: string
    readonly latencyMs: number
    readonly reason?: string
  }>
}

/** Whether the server and what it stands on work. */
export function HealthPage(): JSX.Element {
  const answer = useAnswer('health', readHealth)
  return (
    <Answered of={answer}>
      {({ readiness, memoryBytes, requests }) => (
        <>
          <p>
            The server is <strong>{readiness.status === 'up' ? 'ready' : 'not ready'}</strong>. It has answered{' '}
            {numberText(requests)} requests and holds {numberText(memoryBytes / 1e6)} MB of memory.{' '}
            <a href="/metrics">All metrics</a>
          </p>
          <DataTable
            label="Dependencies"
            rows={readiness.dependencies}
            keyOf={({ name }) => name}
            columns={[
              { title: 'Part', show: ({ name }) => name },
              {
                title: 'State',
                show: ({ status }) => <Badge mood={status === 'up' ? 'good' : 'bad'} text={status} />,
              },
              { title: 'Answered in', show: ({ latencyMs }) => `${numberText(latencyMs)} ms`, isNumber: true },
              { title: 'Reason', show: ({ reason }) => reason },
            ]}
          />
        </>
      )}
    </Answered>
  )
}

async function readHealth(signal: AbortSignal) {
  // 503 says which part is down, in the same form
  const [readiness, metrics] = await Promise.all([
    fetch('/health/readiness', { signal }).then((answer) => answer.json() as Promise<Readiness>),
    fetch('/metrics', { signal }).then((answer) => answer.text()),
  ])
  return {
    readiness,
    memoryBytes: sumOf(metrics, 'process_resident_memory_bytes'),
    requests: sumOf(metrics, 'nomaly_http_requests_total'),
  }
}

function sumOf(metrics: string, name: string): number {
  const lines = metrics.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}

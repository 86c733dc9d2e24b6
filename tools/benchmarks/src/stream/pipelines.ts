import { join } from 'node:path'

import { z } from 'zod'

import { outputOf } from '../child-process.ts'
import { markdownTable } from '../markdown-table.ts'
import { pipelines } from './pipeline-list.ts'

const measured = z.object({
  pointsPerSecond: z.number(),
  p99Ms: z.number(),
  mostMs: z.number(),
  residentMb: z.array(z.number()),
})

const LATENCY_GOAL_MS = 0.1

/** Runs each whole pipeline in its own process, and tells its speed, its latency and its memory, as Markdown. */
export async function watchPipelines(samples: number, seed: number): Promise<string> {
  const rows: string[][] = []
  for (const { id, what, share } of pipelines) {
    console.error(what)
    const script = join(import.meta.dirname, 'measure-pipeline.ts')
    const count = Math.round(samples * share)
    const output = await outputOf(process.execPath, ['--expose-gc', script, id, String(count), String(seed)])
    const { pointsPerSecond, p99Ms, mostMs, residentMb } = measured.parse(JSON.parse(output))
    rows.push([
      what,
      count.toLocaleString('en-US'),
      Math.floor(pointsPerSecond).toLocaleString('en-US'),
      p99Ms.toFixed(4),
      mostMs.toFixed(1),
      residentMb.map((megabytes) => megabytes.toFixed(0)).join(', '),
      p99Ms < LATENCY_GOAL_MS ? 'met' : '**missed**',
    ])
  }
  const headings = ['pipeline', 'samples', 'points/s', 'p99 ms', 'longest ms', 'MB', `p99 < ${LATENCY_GOAL_MS} ms`]
  const table = markdownTable(
    headings.map((heading, place) => ({ heading, figures: place > 0 && place < 5 })),
    rows,
  )
  return (
    `A stream (AnomalyStream) of one number a sample with its time, a process each: speed over CPU time, the wall time of one sample, and resident memory after ` +
    `a collection at each tenth of the samples.\n\n${table}`
  )
}

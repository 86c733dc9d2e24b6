import type { RunBatch } from '../../domain/run.ts'
import type { RunLog } from '../ports/run-log.ts'
import { type CopyTally, isRefusal } from './copy-report.ts'

const MOST = 1000
const MOST_PAIRS = 100

/** Logs lists of any length. What a store refuses is halved until the piece is alone; that one is noted. */
export async function logInParts(
  { log, tally }: { readonly log: RunLog; readonly tally: CopyTally },
  runId: string,
  batch: RunBatch,
  of: string,
): Promise<void> {
  for (const metrics of parts(batch.metrics ?? [], MOST)) await logOrHalve({ metrics })
  for (const params of parts(batch.params ?? [], MOST_PAIRS)) await logOrHalve({ params })
  for (const tags of parts(batch.tags ?? [], MOST_PAIRS)) await logOrHalve({ tags })

  async function logOrHalve(part: RunBatch): Promise<void> {
    const [kind, list] = part.metrics
      ? (['metric', part.metrics] as const)
      : part.params
        ? (['param', part.params] as const)
        : (['tag', part.tags ?? []] as const)
    try {
      await log.log(runId, part)
    } catch (error) {
      if (!isRefusal(error) || list.length <= 1) return tally.note(`${kind} '${list[0]?.key ?? ''}' of ${of}`, error)
      const middle = list.length >> 1
      for (const half of [list.slice(0, middle), list.slice(middle)]) await logOrHalve({ [`${kind}s`]: half })
    }
  }
}

function parts<T>(list: ReadonlyArray<T>, size: number): ReadonlyArray<ReadonlyArray<T>> {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

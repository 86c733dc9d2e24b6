import type { OnnxDetector } from '../../application/onnx/onnx-detector.ts'
import { openKeptOnnx } from '../../application/onnx/open-kept-onnx.ts'
import type { OnnxRuntime } from '../../application/ports/onnx-runtime.ts'
import type { KeptOnnx, OnnxScorer } from '../../application/ports/onnx-scorer.ts'
import { throwIfCancelled } from '../../domain/cancellation.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'

const IDLE_MS = 30_000 // a model that nobody needs for so long gives its thread and its memory back

interface OpenModel {
  readonly detector: Promise<OnnxDetector>
  users: number
  idle: NodeJS.Timeout | undefined
}

/** A scorer, and an end to it. */
export interface OnnxThreadScorer extends OnnxScorer {
  /** Lets go of every model that is loaded; what waits for one rejects with `cancelled`. The scorer is used up. */
  readonly close: () => Promise<void>
}

/** Scores by kept ONNX models, for `ScoreWithModel` and `ExplainResults`; a model stays loaded for half a minute after its last use. */
export function createOnnxScorer(runtime: OnnxRuntime): OnnxThreadScorer {
  const open = new Map<string, OpenModel>()
  const closing = new AbortController()
  const ending = new Set<Promise<void>>()
  const drop = (id: string, model: OpenModel): void => {
    if (open.get(id) === model) open.delete(id)
    clearTimeout(model.idle)
    const end = closed(model).finally(() => ending.delete(end))
    ending.add(end)
  }
  const take = (kept: KeptOnnx): OpenModel => {
    const model = open.get(kept.id) ?? { detector: openKeptOnnx(runtime, kept), users: 0, idle: undefined }
    clearTimeout(model.idle)
    open.set(kept.id, model)
    model.users++
    return model
  }
  const scoreOnce = async (kept: KeptOnnx, x: Matrix, signal: AbortSignal | undefined): Promise<Float64Array> => {
    const model = take(kept)
    try {
      return await (await model.detector).score(x, { signal })
    } catch (error) {
      drop(kept.id, model) // an aborted run uses its model up
      throw error
    } finally {
      if (--model.users === 0) model.idle = setTimeout(() => drop(kept.id, model), IDLE_MS).unref()
    }
  }
  return {
    score: async (kept, x, { signal }) => {
      for (;;) {
        throwIfCancelled(closing.signal)
        try {
          return await scoreOnce(kept, x, signal)
        } catch (error) {
          const isOthers = AnomalyDetectionError.is(error) && error.code === 'anomaly-detection/cancelled'
          if (!isOthers || signal?.aborted === true) throw error // else another's abort took the model away
        }
      }
    },
    close: async () => {
      closing.abort(new Error('the scorer was closed'))
      for (const [id, model] of open) drop(id, model)
      await Promise.all(ending) // also of those that were let go before
    },
  }
}

async function closed({ detector }: OpenModel): Promise<void> {
  const opened = await detector.catch(() => undefined) // that it did not open, its caller was told
  await opened?.close()
}

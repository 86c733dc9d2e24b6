import { changeInMean } from '../../domain/streaming/window/change-in-mean.ts'
import { movedFeatures } from '../../domain/streaming/window/moved-features.ts'
import type { SampleWindow } from '../../domain/streaming/window/sample-window.ts'
import type { StreamDrift } from './stream-result.ts'

const MARGIN = 5

/** What a window tells of a change. */
export interface DescribedDrift {
  readonly summary: Pick<StreamDrift, 'since' | 'features'>
  /** Samples of the window that came after the change, >= 1. */
  readonly samplesSince: number
}

/**
 * Since when, and which features moved from what to what.
 * @param window - of the features, then the score, then the time; the newest is the sample at which the change was found
 * @param watched - what was found to have changed: features, or `score`
 */
export function describeDrift(
  window: SampleWindow,
  features: ReadonlyArray<string>,
  watched: ReadonlyArray<string>,
): DescribedDrift {
  const columns = features.length
  const moved = movedFeatures(
    window,
    columns,
    watched.some((name) => features.includes(name)),
  )
  const scores = Float64Array.from({ length: window.size }, (_, i) => window.value(i, columns))
  const at = moved[0]?.at ?? changeInMean(scores, MARGIN)?.at ?? window.size - 1
  const time = window.value(at, columns + 1)
  return {
    samplesSince: window.size - at,
    summary: {
      since: { index: window.place(at), time: Number.isNaN(time) ? undefined : time },
      features: moved.map(({ column, moved: what, from, to, pValue }) => {
        return { feature: features[column] ?? '', moved: what, from, to, pValue }
      }),
    },
  }
}

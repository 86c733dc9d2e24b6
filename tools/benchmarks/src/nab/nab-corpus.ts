import { vusBufferOf } from '@nomaly/ai-anomaly-detection/time-series'
import { nabNames, nabSeries } from '@nomaly/tool-laws'

/** One series of the open part of NAB. */
export interface NabFile {
  /** Such as `realTraffic/speed_t4013.csv`. */
  readonly name: string
  readonly category: string
  readonly values: Float64Array
  /** Epoch milliseconds, local time read as UTC. */
  readonly times: Float64Array
  /** In rows, both ends inside. */
  readonly windows: ReadonlyArray<{ readonly first: number; readonly last: number }>
  /** 1 inside of a window. */
  readonly labels: Uint8Array
  /** The largest buffer of VUS, from the period of the series. */
  readonly buffer: number
}

/** All 34 of them. @throws Error where the reference folder is not there */
export function nabCorpus(): ReadonlyArray<NabFile> {
  return nabNames().map((name) => {
    const { timestamps, values, windows } = nabSeries(name)
    const labels = new Uint8Array(values.length)
    for (const { first, last } of windows) labels.fill(1, first, last + 1)
    return {
      name,
      category: name.split('/')[0] ?? '',
      values,
      times: Float64Array.from(timestamps, (text) => Date.parse(`${text.replace(' ', 'T')}Z`)),
      windows,
      labels,
      buffer: vusBufferOf(values),
    }
  })
}

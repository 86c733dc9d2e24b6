import type { SampleFormat } from '../../application/ports/sample-source.ts'
import type { DriftPolicy, StreamMissingPolicy } from '../../application/streaming/streaming-options.ts'

/** The flags of `watch`. */
export interface WatchFlags {
  readonly columns?: ReadonlyArray<string>
  readonly value?: string
  readonly time?: string
  readonly key?: string
  readonly detector?: string
  readonly param?: Readonly<Record<string, unknown>>
  readonly calibrator?: string
  readonly threshold?: number
  readonly contamination?: number
  readonly falseAlarms?: number
  readonly missing?: StreamMissingPolicy
  readonly lateness?: number
  readonly step?: number
  readonly drift?: string
  readonly driftIn?: 'score' | 'features' | 'both'
  readonly onDrift?: DriftPolicy
  readonly liveKeys?: number
  readonly seed?: number
  readonly state?: string
  readonly saveEvery: number
  readonly follow?: boolean
  readonly onlyAnomalies?: boolean
  readonly onError: 'skip' | 'fail'
  readonly inputFormat?: SampleFormat
  readonly format?: WatchFormat
}

/** How results are written. */
export type WatchFormat = 'jsonl' | 'csv' | 'table'

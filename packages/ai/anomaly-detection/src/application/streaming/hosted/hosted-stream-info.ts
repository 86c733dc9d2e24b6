import type { StreamCounts } from '../stream-counts.ts'
import type { ResolvedStreamingOptions } from '../streaming-options.ts'

/** A hosted stream, and where it stands; or why it cannot be opened. */
export type HostedStreamInfo =
  | {
      readonly name: string
      /** Epoch milliseconds. */
      readonly createdAt: number
      readonly state: 'ready'
      readonly options: ResolvedStreamingOptions
      /** Null before the first sample, where they are not given. */
      readonly features: ReadonlyArray<string> | null
      /** Of the probability, or of the score where there is none; null before the first sample. */
      readonly threshold: number | null
      /** Taken so far, and so the number of the next one. */
      readonly samples: number
      /** The numbers of the results that are kept; `last` is `first - 1` where there are none. */
      readonly results: { readonly first: number; readonly last: number }
      readonly counts: StreamCounts
    }
  | { readonly name: string; readonly createdAt: number; readonly state: 'failed'; readonly reason: string }

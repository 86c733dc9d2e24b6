/** What the thread of streams and the one that started it tell each other. */
import type { HostedStreamsDeps } from '../../../application/streaming/hosted/hosted-streams.ts'
import type { StreamHost } from '../../../application/streaming/hosted/stream-host.ts'
import type { AnomalyDetectionErrorCode } from '../../../domain/errors.ts'
import type { AnomalyDetectionEvent } from '../../../domain/events.ts'
import type { FolderStreamArchiveOptions } from './folder-stream-archive.ts'

/** What the thread is started with. */
export interface StreamOrder extends FolderStreamArchiveOptions, Pick<HostedStreamsDeps, 'mostStreams' | 'snapshots'> {}

/** What the thread can be asked to do. */
export type StreamCalls = Omit<StreamHost, 'onChange'> & { readonly close: () => Promise<void> }

/** To the thread. */
export type StreamMessage =
  | {
      readonly kind: 'call'
      readonly id: number
      readonly call: keyof StreamCalls
      readonly parameters: ReadonlyArray<unknown>
    }
  | { readonly kind: 'published'; readonly id: number; readonly fault: string | undefined }

/** Why something was not done; without a code the fault is of no kind that is known. */
export interface Refusal {
  readonly code: AnomalyDetectionErrorCode | undefined
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

/** From the thread. Call 0 is that it has started. */
export type StreamAnswer =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly refusal: Refusal }
  | { readonly kind: 'changed'; readonly name: string }
  | { readonly kind: 'event'; readonly id: number; readonly event: AnomalyDetectionEvent }
  | { readonly kind: 'fault'; readonly refusal: Refusal }

import type { OnnxTensor } from '../../application/ports/onnx-runtime.ts'
import type { AnomalyDetectionErrorCode } from '../../domain/errors.ts'

/** What a session's thread is started with. */
export interface SessionOrder {
  readonly file: Uint8Array
  /** Threads that one run is shared among. */
  readonly threads: number
}

/** What a session's thread is told. */
export type SessionMessage = SessionRequest | typeof CLOSE

/** Ends the session once what runs is done: a thread that is terminated in the middle of a run takes the whole process with it. */
export const CLOSE = 'close'

/** One run, on its way to the thread. */
export interface SessionRequest {
  readonly id: number
  readonly inputs: Readonly<Record<string, OnnxTensor>>
  readonly output: string
}

/** What comes back; the answer 0 is to the start. An error sent as such would lose its code. */
export type SessionAnswer =
  | { readonly kind: 'closed' }
  | { readonly id: number; readonly kind: 'done'; readonly tensor: OnnxTensor | undefined }
  | {
      readonly id: number
      readonly kind: 'refused'
      readonly code: AnomalyDetectionErrorCode
      readonly message: string
      readonly details: Readonly<Record<string, unknown>>
    }

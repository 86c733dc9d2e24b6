import type { DetectionWork } from '@nomaly/ai-anomaly-detection/cli'

/** A call of one method, to the thread. */
export interface WorkRequest {
  readonly id: number
  readonly method: keyof DetectionWork
  readonly args: ReadonlyArray<unknown>
}

/** Tells the thread to let go of what it holds. */
export const STOP = 'stop'

/** What comes back. `stopping` is the answer to `STOP` of a thread that is free to give one, `stopped` comes when it may be ended. */
export type WorkReply =
  | { readonly kind: 'stopping' }
  | { readonly kind: 'stopped' }
  | { readonly id: number; readonly kind: 'done'; readonly result: unknown }
  | { readonly id: number; readonly kind: 'progress'; readonly args: readonly [string, number, number] }
  | { readonly id: number; readonly kind: 'failed'; readonly error: ErrorParts }

/** What of an error travels between threads; a structured clone loses its code. */
export interface ErrorParts {
  readonly message: string
  readonly stack: string | undefined
  readonly code: string | undefined
  readonly details: unknown
}

/** The memory of number columns and matrices in a message: it is handed over, not copied. */
export function matricesIn(value: unknown): ReadonlyArray<ArrayBuffer> {
  const buffers = new Set<ArrayBuffer>()
  collect(value, buffers)
  return [...buffers]
}

function collect(value: unknown, into: Set<ArrayBuffer>): void {
  if (value instanceof Float64Array) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) into.add(value.buffer)
  } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) collect(part, into)
  }
}

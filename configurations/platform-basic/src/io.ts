/** A stream to write to, as `process.stdout` is one. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly write: (chunk: string | Uint8Array, callback?: (error?: Error | null) => void) => boolean
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown
  readonly off: (event: 'error', listener: (error: Error) => void) => unknown
}

/** What a run has to do with the world: the process's own streams, or others. */
export interface NomalyIo {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that relative paths of configuration and data are taken from. */
  readonly cwd: string
  /** Aborted when the run is to stop. */
  readonly signal: AbortSignal
}

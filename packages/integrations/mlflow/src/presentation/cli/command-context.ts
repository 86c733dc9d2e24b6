import type { CopyReport } from '../../application/copy/copy-report.ts'
import type { MlflowRoutesOptions } from '../http/options.ts'

/** What the commands work with. */
export interface MlflowCommandServices {
  /** Serves the API, and delivers webhooks as long as it does. */
  readonly serve: (options: {
    readonly port: number
    readonly hostname: string
    readonly allowedHosts?: ReadonlyArray<string>
    readonly routes: Pick<MlflowRoutesOptions, 'authorize'>
  }) => Promise<{ readonly url: string; readonly close: () => Promise<void> }>
  readonly importFrom: (path: string, options: CopyCommandOptions) => Promise<CopyReport>
  readonly exportTo: (
    server: {
      readonly trackingUri: string
      readonly auth?:
        | { readonly kind: 'basic'; readonly username: string; readonly password: string }
        | { readonly kind: 'bearer'; readonly token: string }
    },
    options: Omit<CopyCommandOptions, 'artifactRoot'>,
  ) => Promise<CopyReport>
}

/** How a copy is made. */
export interface CopyCommandOptions {
  readonly artifactRoot?: string | undefined
  readonly onProgress: (what: string) => void
  readonly signal: AbortSignal
}

/** What the commands need from the program that they are part of. Everything heavy is behind a function. */
export interface MlflowCommandContext {
  readonly mlflow: (options: {
    readonly artifactFolder?: string | undefined
    /** Webhooks may call this machine and its network, and without TLS. */
    readonly allowLocalWebhooks?: boolean | undefined
  }) => Promise<MlflowCommandServices>
  readonly print: (
    records: {
      readonly columns: ReadonlyArray<{ readonly name: string; readonly kind: 'integer' | 'number' | 'text' }>
      readonly rows: Iterable<ReadonlyArray<unknown>>
    },
    target: { readonly format?: 'table' | 'csv' | 'json' | 'jsonl' | undefined; readonly file?: string | undefined },
  ) => Promise<void>
  /** A line for people, beside the output. */
  readonly note: (text: string, kind: 'summary' | 'asked' | 'warning') => void
  readonly progress: (text: string | undefined) => void
  /** The exit code to end with when nothing goes wrong; default 0. */
  readonly exitWith: (code: number) => void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

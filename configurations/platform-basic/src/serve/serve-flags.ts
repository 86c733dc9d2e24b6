/** The flags of `serve`. */
export interface ServeFlags {
  readonly port: number
  readonly host: string
  readonly allowedHosts?: ReadonlyArray<string>
  readonly log: boolean
  readonly localWebhooks?: boolean
}

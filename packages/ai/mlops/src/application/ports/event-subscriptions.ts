/** Who wants which events. Kept, so that events which come while the subscriber is away wait for it. */
export interface EventSubscriptions {
  /** Sets the patterns of a name anew; events from now on are kept for it. @throws `invalid-argument` for a bad pattern */
  readonly subscribe: (name: string, patterns: ReadonlyArray<string>) => Promise<void>
  /** Ends it with all that was still waiting for it; a missing one is harmless. */
  readonly unsubscribe: (name: string) => Promise<void>
  readonly list: () => Promise<ReadonlyArray<{ readonly name: string; readonly patterns: ReadonlyArray<string> }>>
}

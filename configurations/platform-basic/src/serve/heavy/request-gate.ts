/** Lets in as many requests as can be held, and no more. */
export interface RequestGate {
  /** Answers what to call when the request is done; undefined: it must come again later. */
  readonly enter: (bytes: number) => (() => void) | undefined
}

/** @param mostRequests - that are in at once @param mostBytes - that their bodies have together */
export function createRequestGate({
  mostRequests,
  mostBytes,
}: {
  readonly mostRequests: number
  readonly mostBytes: number
}): RequestGate {
  let [requests, held] = [0, 0]
  return {
    enter: (bytes) => {
      if (requests >= mostRequests || (requests > 0 && held + bytes > mostBytes)) return undefined
      requests++
      held += bytes
      return () => {
        requests--
        held -= bytes
      }
    },
  }
}

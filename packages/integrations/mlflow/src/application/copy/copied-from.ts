/** Tags by which a copy is found again, so that copying twice makes nothing twice. */

/** Holds the id that the thing has in the source. */
export const COPY_ID = 'nomaly.copy.id'
/** Holds what the thing looked like in the source when all of it had been copied. */
export const COPY_STATE = 'nomaly.copy.state'

/** Tags without those of an earlier copy: a copy of a copy is found by the id it has where it is copied from. */
export function ownTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { [COPY_ID]: _id, [COPY_STATE]: _state, ...own } = tags
  return own
}

/** A short text that differs where the value does. */
export async function stateOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

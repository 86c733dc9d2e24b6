import type { IdSource } from '../application/ports/id-source.ts'

/** Version 4 UUIDs of the runtime's cryptographic generator. */
export const randomIds: IdSource = { next: () => crypto.randomUUID() }

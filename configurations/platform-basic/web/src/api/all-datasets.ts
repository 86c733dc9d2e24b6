import { ask } from './ask.ts'
import type { Dataset } from './types.ts'

interface Page {
  readonly items: ReadonlyArray<Dataset>
  readonly next: string | null
}

/** Every kept data set, the newest first. */
export async function allDatasets(signal: AbortSignal): Promise<ReadonlyArray<Dataset>> {
  const found: Dataset[] = []
  let after = ''
  for (;;) {
    const more = after === '' ? '' : `&after=${encodeURIComponent(after)}`
    const { items, next } = await ask<Page>(`/api/v1/datasets?limit=1000${more}`, { signal })
    found.push(...items)
    if (next === null) return found
    after = next
  }
}

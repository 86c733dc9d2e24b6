import { AnomalyDetectionError } from '../../../domain/errors.ts'
import type { StreamCatalogueEntry, StreamPartContext, StreamPartDescription } from './stream-catalogue-entry.ts'

/** A catalogue of one kind of stream parts. */
export interface StreamPartCatalogue<Made> {
  /** The first choice first. */
  readonly ids: ReadonlyArray<string>
  /** @throws AnomalyDetectionError `unknown-detector` listing those there are */
  readonly entry: (id: string) => StreamCatalogueEntry<Made>
  readonly describe: () => ReadonlyArray<StreamPartDescription>
  /** A new part. @throws AnomalyDetectionError `unknown-detector`, `invalid-parameters`, `invalid-options` */
  readonly create: (id: string, parameters: unknown, context: StreamPartContext) => Made
  /** A part from its `toJSON()`. @throws AnomalyDetectionError `invalid-stream-state` */
  readonly restore: (state: unknown) => Made
}

/** @param kind - what its parts are, for messages: `stream detector` */
export function streamPartCatalogue<Made>(
  kind: string,
  entries: ReadonlyArray<StreamCatalogueEntry<Made>>,
): StreamPartCatalogue<Made> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const ids = [...byId.keys()]
  const entryOf = (id: string): StreamCatalogueEntry<Made> => {
    const found = byId.get(id)
    if (found !== undefined) return found
    throw new AnomalyDetectionError(
      'anomaly-detection/unknown-detector',
      `there is no ${kind} '${id}'; there are: ${ids.join(', ')}`,
      { detector: id, known: ids },
    )
  }
  return {
    ids,
    entry: entryOf,
    describe: () => entries.map((entry) => entry.description),
    create: (id, parameters, context) => entryOf(id).create(parameters, context),
    restore: (state) => {
      const id = typeof state === 'object' && state !== null && 'id' in state ? state.id : undefined
      const entry = typeof id === 'string' ? byId.get(id) : undefined
      if (entry !== undefined) return entry.restore(state)
      throw new AnomalyDetectionError(
        'anomaly-detection/invalid-stream-state',
        `this is not the state of a ${kind}: its id is ${JSON.stringify(id)}; there are: ${ids.join(', ')}`,
        { id, known: ids },
      )
    },
  }
}

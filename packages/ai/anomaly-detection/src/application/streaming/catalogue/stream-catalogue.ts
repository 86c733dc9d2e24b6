import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { rcfEntry } from './rcf.ts'
import { rrcfEntry } from './rrcf.ts'
import type { StreamCatalogueEntry } from './stream-catalogue-entry.ts'
import { type StreamPartCatalogue, streamPartCatalogue } from './stream-part-catalogue.ts'

// One line a detector, the first choice first.
const entries: ReadonlyArray<StreamCatalogueEntry<StreamDetector>> = [rcfEntry, rrcfEntry]

/** Every detector of streams, by id. */
export const streamDetectors: StreamPartCatalogue<StreamDetector> = streamPartCatalogue('stream detector', entries)

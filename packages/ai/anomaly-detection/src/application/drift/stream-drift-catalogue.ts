import type { StreamDriftDetector } from '../../domain/drift/stream/stream-drift-detector.ts'
import type { StreamCatalogueEntry } from '../streaming/catalogue/stream-catalogue-entry.ts'
import { type StreamPartCatalogue, streamPartCatalogue } from '../streaming/catalogue/stream-part-catalogue.ts'
import { adwinEntry } from './stream/adwin.ts'
import { cusumEntry } from './stream/cusum.ts'
import { ddmEntry } from './stream/ddm.ts'
import { eddmEntry } from './stream/eddm.ts'
import { ewmaChartEntry } from './stream/ewma-chart.ts'
import { hddmAEntry } from './stream/hddm-a.ts'
import { hddmWEntry } from './stream/hddm-w.ts'
import { kswinEntry } from './stream/kswin.ts'
import { pageHinkleyEntry } from './stream/page-hinkley.ts'

// One line a detector, the first choice first.
const entries: ReadonlyArray<StreamCatalogueEntry<StreamDriftDetector>> = [
  adwinEntry,
  pageHinkleyEntry,
  kswinEntry,
  cusumEntry,
  ewmaChartEntry,
  ddmEntry,
  eddmEntry,
  hddmAEntry,
  hddmWEntry,
]

/** Every detector of drift on a stream, by id. */
export const streamDriftDetectors: StreamPartCatalogue<StreamDriftDetector> = streamPartCatalogue(
  'drift detector',
  entries,
)

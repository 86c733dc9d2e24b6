import type { Detector, Model } from '../../api/types.ts'

/** What detectors and models there are. */
export interface Offers {
  readonly detectors: ReadonlyArray<Detector>
  readonly seriesDetectors: ReadonlyArray<Detector>
  readonly models: ReadonlyArray<Model>
}

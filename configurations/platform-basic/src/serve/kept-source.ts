import type { KeptDatasets } from '@nomaly/configuration-data-basic'
import type { DatasetStore } from '@nomaly/integration-files'

/** Where kept data sets are, for profiling and quality. One that is unknown is for the platform to refuse. */
export function sourceIn(datasets: Pick<DatasetStore, 'get' | 'pathOf'>): NonNullable<KeptDatasets['sourceOf']> {
  return async (id) => {
    const { format } = await datasets.get(id)
    return { paths: [await datasets.pathOf(id)], format }
  }
}

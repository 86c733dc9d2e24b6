/** What jobs of detection have in common on their thread. */
import {
  type Dataset,
  type DetectionOptions,
  type EventPublisher,
  readDataset,
  type ReadDatasetOptions,
} from '@nomaly/ai-anomaly-detection'
import {
  BasicAnomalyDetectionConfiguration,
  type BasicAnomalyDetectionServices,
  tokens,
} from '@nomaly/configuration-anomaly-detection-basic'
import { createFileTables } from '@nomaly/integration-files'
import type { JobContext } from '@nomaly/integration-sqlite'

import { nomalyVersion } from '../version.ts'
import type { JobInput, ThreadJob } from './job-inputs.ts'

/** Nobody is told of the steps of a job that is told of as a whole. */
export const quiet: Pick<JobContext, 'emit'> = { emit: () => undefined }

/**
 * The services of anomaly detection, whose events go with the job.
 * @param id - of what is kept; default a new one for each
 */
export function opened(
  dataPath: string,
  { emit }: Pick<JobContext, 'emit'>,
  id?: string,
): { readonly services: BasicAnomalyDetectionServices; readonly close: () => Promise<void> } {
  const configuration = new JobConfiguration(dataPath, async (event) => emit(event), id)
  return { services: configuration.createServices(), close: () => configuration.close() }
}

class JobConfiguration extends BasicAnomalyDetectionConfiguration {
  constructor(dataPath: string, publish: EventPublisher['publish'], id: string | undefined) {
    super({ dataPath, events: { publish }, version: nomalyVersion() })
    if (id !== undefined) this.container.rebind(tokens.ids).toConstantValue({ next: () => id })
  }
}

/** The data set of a job. */
export async function datasetOf(
  {
    file,
    request,
    encodings,
  }: {
    readonly file: ThreadJob['file']
    readonly request: Pick<JobInput<'detect'>, 'columns' | 'missing' | 'encode'>
    readonly encodings?: ReadDatasetOptions['encodings']
  },
  { signal }: JobContext,
): Promise<Dataset> {
  const { columns, missing, encode } = request
  const table = await createFileTables().open({ ...file, signal })
  return (await readDataset(table, { columns, missing, encode, encodings })).dataset
}

/** How a job's detector is fitted. */
export function optionsOf({
  detector,
  parameters,
  contamination,
  threshold,
  seed,
}: JobInput<'explain'> | JobInput<'train'>): DetectionOptions {
  const policy = threshold === undefined ? undefined : ({ kind: 'fixed', value: threshold } as const)
  return { detector, parameters, contamination, threshold: policy, seed }
}

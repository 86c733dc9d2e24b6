/** What jobs of detection have in common on their thread. */
import {
  type AnomalyDetectionEvent,
  type Dataset,
  type DetectionOptions,
  readDataset,
  type ReadDatasetOptions,
} from '@nomaly/ai-anomaly-detection'
import {
  type BasicAnomalyDetectionServices,
  createBasicAnomalyDetectionConfiguration,
} from '@nomaly/configuration-anomaly-detection-basic'
import { createFileTables } from '@nomaly/integration-files'
import type { JobContext } from '@nomaly/integration-sqlite'

import type { JobInput, ThreadJob } from './job-inputs.ts'

/** The services of anomaly detection, whose events go with the job. */
export function opened(
  dataPath: string,
  { emit }: Pick<JobContext, 'emit'>,
): { readonly services: BasicAnomalyDetectionServices; readonly close: () => Promise<void> } {
  const publish = async (event: AnomalyDetectionEvent): Promise<void> => emit(event)
  const configuration = createBasicAnomalyDetectionConfiguration({ dataPath, events: { publish } })
  return { services: configuration.createServices(), close: () => configuration.close() }
}

/** The data set of a job. */
export async function datasetOf(
  {
    file,
    request,
    encodings,
  }: {
    readonly file: ThreadJob['file']
    readonly request: Pick<JobInput<'detect'>, 'columns' | 'missing'>
    readonly encodings?: ReadDatasetOptions['encodings']
  },
  { signal }: JobContext,
): Promise<Dataset> {
  const { columns, missing } = request
  const table = await createFileTables().open({ ...file, signal })
  return (await readDataset(table, { columns, missing, encodings })).dataset
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

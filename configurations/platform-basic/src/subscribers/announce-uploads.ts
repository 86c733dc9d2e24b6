import type { DatasetInfo } from '@nomaly/integration-files'
import type { CloudEvent } from '@nomaly/integration-sqlite'

/** The type of the events that tell of added data sets; they stay as long as the log, so that none is told of twice. */
export const UPLOADED = 'nomaly.dataset.uploaded'

const AT_ONCE = 500

/** Says that a data set was added: the same event however often it is made. */
export function uploadedEvent({ id, name, rows, bytes, sha256, createdAt }: DatasetInfo): CloudEvent {
  return {
    specversion: '1.0',
    id: `uploaded-${id}`,
    source: '/nomaly/datasets',
    type: UPLOADED,
    time: new Date(createdAt).toISOString(),
    subject: id,
    datacontenttype: 'application/json',
    data: { datasetId: id, name, rows, bytes, sha256 },
  }
}

/** Tells of data sets whose event is missing, as the process ended between keeping them and saying so; known ones change nothing. */
export async function announceUploads(
  kept: ReadonlyArray<DatasetInfo>,
  publish: (...events: ReadonlyArray<CloudEvent>) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < kept.length; start += AT_ONCE)
    await publish(...kept.slice(start, start + AT_ONCE).map(uploadedEvent))
}

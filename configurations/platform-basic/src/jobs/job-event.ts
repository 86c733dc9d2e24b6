import type { CloudEvent } from '@nomaly/integration-sqlite'

/** An event of a job: another attempt tells of the same one. */
export function jobEvent(type: string, subject: string, data: unknown): CloudEvent {
  return {
    specversion: '1.0',
    id: `${subject}-${type}`,
    source: '/nomaly/jobs',
    type,
    time: new Date().toISOString(),
    subject,
    datacontenttype: 'application/json',
    data,
  }
}

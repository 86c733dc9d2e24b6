import { addressOf } from '../../place.ts'

/** Something that happened: a CloudEvent. */
export interface Happening {
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject?: string
  /** RFC 3339. */
  readonly time?: string
  readonly data?: unknown
}

/** Where to see what an event is about; undefined where there is no page for it. */
export function subjectAddress({ type, subject = '', data }: Happening): string | undefined {
  const said = (typeof data === 'object' ? data : null) as Readonly<Record<string, unknown>> | null // each type has its own
  const told = (name: string): string => {
    const value = said?.[name]
    return typeof value === 'string' ? value : ''
  }
  const isOfStream = type === 'nomaly.anomaly.detected' && subject !== '' && !UUID.test(subject)
  const addresses = [
    ['result', { id: told('resultId') }],
    ['stream', { name: isOfStream ? subject : told('streamId') }],
    ['webhook', { id: told('webhookId') }],
    ['dataset', { id: type === 'nomaly.dataset.uploaded' ? subject : '' }],
    ['quality-result', { id: type === 'nomaly.quality.analyzed' ? told('result') : '' }],
    ['models', { name: type === 'nomaly.model.trained' ? told('name') : '' }],
  ] as const
  const found = addresses.find(([, query]) => Object.values(query).every((value) => value !== ''))
  return found && addressOf(found[0], found[1])
}

// What most readers look for; the rest is in the JSON.
const TOLD = ['name', 'version', 'algorithm', 'rows', 'anomalies', 'total', 'verdict', 'action', 'reason']

/** The gist of an event, such as `name pumps.csv, rows 60`; empty where it says nothing of the kind. */
export function gistOf({ data }: Happening): string {
  const said = Object.entries(data ?? {})
  return TOLD.flatMap((name) => said.filter(([field]) => field === name))
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([field, value]) => `${field} ${String(value)}`)
    .join(', ')
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/ // of a detection; streams have names

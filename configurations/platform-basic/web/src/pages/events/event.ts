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
export function subjectAddress({ type, subject, data }: Happening): string | undefined {
  const said = (typeof data === 'object' ? data : null) as Readonly<Record<string, unknown>> | null // each type has its own
  const told = (name: string): string | undefined => {
    const value = said?.[name]
    return typeof value === 'string' ? value : undefined
  }
  const [stream, result, name] = [told('streamId'), told('result'), told('name')]
  if (stream !== undefined) return addressOf('stream', { name: stream })
  if (type === 'nomaly.dataset.uploaded' && subject !== undefined) return addressOf('dataset', { id: subject })
  if (type === 'nomaly.quality.analyzed' && result !== undefined) return addressOf('quality-result', { id: result })
  if (type.startsWith('nomaly.model.') && name !== undefined) return addressOf('models', { name })
  return result === undefined ? undefined : addressOf('result', { id: result })
}

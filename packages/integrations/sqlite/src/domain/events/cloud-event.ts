import { invalidArgument, jsonText } from '../checks.ts'

/** A CloudEvents 1.0 event in its JSON form. Source: CloudEvents 1.0.2, section 3. */
export interface CloudEvent {
  readonly specversion: '1.0'
  /** Unique with its source: who handles events does so once per id. */
  readonly id: string
  readonly source: string
  /** Words joined by dots, such as `nomaly.detection.completed`. */
  readonly type: string
  readonly subject?: string | undefined
  /** RFC 3339 date-time. */
  readonly time?: string | undefined
  readonly datacontenttype?: string | undefined
  /** JSON. */
  readonly data?: unknown
}

const TYPE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/

/** An event as JSON text. @throws SqliteError `sqlite/invalid-argument` */
export function eventText(event: CloudEvent): string {
  if (event.specversion !== '1.0') throw invalidArgument('specversion', '"1.0"', { found: event.specversion })
  for (const field of ['id', 'source'] as const) {
    const text: unknown = event[field]
    if (typeof text !== 'string' || text === '' || text.length > 500)
      throw invalidArgument(field, 'a text of 1 to 500 characters')
  }
  if (!TYPE.test(event.type))
    throw invalidArgument('type', 'lower-case words joined by dots, such as nomaly.model.trained', {
      found: event.type,
    })
  if (event.time !== undefined && Number.isNaN(Date.parse(event.time)))
    throw invalidArgument('time', 'an RFC 3339 date-time', { found: event.time })
  return jsonText('event', event)
}

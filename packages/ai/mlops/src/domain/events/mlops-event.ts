/** A CloudEvents 1.0 event in its JSON form. Source: CloudEvents 1.0.2, section 3. */
export interface MlopsEvent {
  readonly specversion: '1.0'
  /** Unique: who handles events does so once per id. */
  readonly id: string
  readonly source: string
  /** `nomaly.<subject>.<past participle>`, lower-case words joined by `-`. */
  readonly type: string
  /** What it is about, such as a model's name. */
  readonly subject?: string
  /** RFC 3339 date-time. */
  readonly time: string
  readonly datacontenttype: 'application/json'
  /** JSON only. */
  readonly data: Readonly<Record<string, unknown>>
}

/** What a publisher says of an event; id and time are given to it. */
export interface EventDraft {
  readonly type: string
  readonly subject?: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Where clock and ids come from. */
export interface EventStamp {
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly newId: () => string
}

const SOURCE = '/nomaly/ai-mlops'

/** The event of a draft, with an id and a time of its own. */
export function eventOf({ type, subject, data }: EventDraft, { now, newId }: EventStamp): MlopsEvent {
  return {
    specversion: '1.0',
    id: newId(),
    source: SOURCE,
    type,
    ...(subject === undefined ? {} : { subject }),
    time: new Date(now()).toISOString(),
    datacontenttype: 'application/json',
    data,
  }
}

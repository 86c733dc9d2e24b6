const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/

/** ISO 8601 text as a time, UTC where it names no zone; undefined for other text and for days that do not exist. */
export function isoTime(text: string): Date | undefined {
  const match = ISO.exec(text)
  if (match === null) return undefined
  const [, day = '', clock = '00:00', zone = 'Z'] = match
  const midnight = new Date(`${day}T00:00:00Z`)
  // What Date rolls over, such as 31 February, is no time.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined
  const time = new Date(`${day}T${clock}${zone}`)
  return Number.isNaN(time.getTime()) ? undefined : time
}

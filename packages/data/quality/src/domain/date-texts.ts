import { QualityError } from './errors.ts'

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'] // prettier-ignore
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const short = (names: ReadonlyArray<string>): string => names.map((name) => name.slice(0, 3)).join('|')

/** What each code of Python's strptime reads. Source: Python 3.12, Lib/_strptime.py */
const CODES: Readonly<Record<string, string>> = {
  Y: String.raw`(?<Y>\d{4})`,
  y: String.raw`(?<y>\d\d)`,
  m: String.raw`(?<m>1[0-2]|0[1-9]|[1-9])`,
  d: String.raw`(?<d>3[01]|[12]\d|0[1-9]|[1-9]| [1-9])`,
  H: String.raw`(?:2[0-3]|[01]\d|\d)`,
  I: String.raw`(?:1[0-2]|0[1-9]|[1-9])`,
  M: String.raw`(?:[0-5]\d|\d)`,
  S: String.raw`(?:6[01]|[0-5]\d|\d)`,
  f: String.raw`\d{1,6}`,
  j: String.raw`(?:36[0-6]|3[0-5]\d|[12]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9])`,
  w: '[0-6]',
  U: String.raw`(?:5[0-3]|[0-4]\d|\d)`,
  W: String.raw`(?:5[0-3]|[0-4]\d|\d)`,
  z: String.raw`(?:[+-]\d\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,6})?)?|Z)`,
  Z: '(?:utc|gmt|)',
  p: '(?:am|pm)',
  b: `(?<b>${short(MONTHS)})`,
  B: `(?<b>${MONTHS.join('|')})`,
  a: `(?:${short(DAYS)})`,
  A: `(?:${DAYS.join('|')})`,
  '%': '%',
}

/** A test whether texts are dates in a format of Python's strptime. @throws QualityError `quality/invalid-arguments`: an unknown code */
export function strftimeMatcher(format: string): (text: string) => boolean {
  const source = format.replaceAll(/%(.?)|(\s+)|([^%\s])/gsu, (_all, code: string | undefined, space, char) => {
    if (space !== undefined) return String.raw`\s+`
    if (typeof char === 'string') return char.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`)
    const read = CODES[code ?? '']
    if (read !== undefined) return read
    throw new QualityError('quality/invalid-arguments', `strftimeFormat: there is no code %${code ?? ''}`, {
      path: 'strftimeFormat',
    })
  })
  const matcher = formatMatcher(source, format)
  return (text) => {
    const groups = matcher.exec(text)?.groups
    return groups === undefined ? matcher.test(text) : isDay(groups)
  }
}

function formatMatcher(source: string, format: string): RegExp {
  try {
    return new RegExp(`^${source}$`, 'iu')
  } catch (cause) {
    throw new QualityError(
      'quality/invalid-arguments',
      `strftimeFormat ${JSON.stringify(format)} names a part twice`,
      { path: 'strftimeFormat' },
      cause,
    )
  }
}

function isDay({ Y, y, m, b, d }: Readonly<Record<string, string | undefined>>): boolean {
  if (d === undefined) return true
  const month =
    b === undefined ? Number(m ?? 1) : MONTHS.findIndex((name) => name.startsWith(b.slice(0, 3).toLowerCase())) + 1
  const year = Y === undefined ? (y === undefined ? 1900 : 2000 + Number(y)) : Number(Y)
  return Number(d) <= daysOf(year, month)
}

function daysOf(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

const PART = /(\d+)|([a-z]+)|([\s,./:+-]+|\u005f)|./giy
const TIME =
  /(^|[\sT])([01]?\d|2[0-3]):[0-5]?\d(:[0-5]?\d([.,]\d+)?)?\s*(am|pm)?\s*(z|utc|gmt|[+-]\d\d:?(\d\d)?)?(?=$|[\s,])/i
const WORDS = new Set([
  'am',
  'pm',
  'a',
  'p',
  't',
  'z',
  'utc',
  'gmt',
  'st',
  'nd',
  'rd',
  'th',
  'of',
  'and',
  'at',
  'on',
  'ad',
])

/**
 * Can a text be read as a date, whatever its format? Days, months (names or numbers) and years in any order, times, zones. Close to
 * Python's dateutil, which also guesses at odder texts.
 */
export function isParseableDate(text: string): boolean {
  const iso =
    /^\d{8}(T\d{2,6})?$/.exec(text.trim()) === null
      ? text
      : `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
  const time = TIME.exec(iso)
  const rest = time === null ? iso : iso.replace(time[0], ' ')
  const numbers: Array<string> = []
  let months = 0
  for (const [part, number, word, separator] of rest.matchAll(PART)) {
    if (number !== undefined) numbers.push(number)
    else if (word !== undefined) {
      const lower = word.toLowerCase()
      const isMonth = MONTHS.some(
        (name) => name === lower || name.slice(0, 3) === lower || (lower === 'sept' && name[0] === 's'),
      )
      if (isMonth) months++
      else if (!WORDS.has(lower) && !DAYS.some((name) => name === lower || name.slice(0, 3) === lower)) return false
    } else if (separator === undefined && part !== '') return false
  }
  if (months > 1 || numbers.length + months > 3) return false
  return numbers.length + months === 0 ? time !== null : areDate(numbers, months === 1)
}

function areDate(numbers: ReadonlyArray<string>, hasMonth: boolean): boolean {
  const large = numbers.filter((number) => Number(number) > 31 || number.length > 2)
  if (large.length > 1 || large.some((number) => number.length > 4 || Number(number) === 0)) return false
  const small = numbers.filter((number) => !large.includes(number)).map(Number)
  const [a = 1, b = 1] = small
  if (large.length === 1 && small.length === 2)
    return (
      !hasMonth &&
      [
        [a, b],
        [b, a],
      ].some(([month = 0, day = 0]) => isMonthDay(Number(large[0]), month, day))
    )
  if (small.length === 3) return small.some((value) => value >= 1 && value <= 12)
  return hasMonth || small.length < 2 || (a > 0 && b > 0 && Math.min(a, b) <= 12)
}

function isMonthDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
}

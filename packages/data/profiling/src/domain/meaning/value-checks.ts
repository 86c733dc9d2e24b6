import { isCpf, isDni, isIban, isNir, passesGtin, passesLuhn } from './checksums.ts'

/** A meaning that single values show. */
export interface ValueCheck {
  readonly kind: string
  readonly personal: boolean
  /** What passing it says, for people. */
  readonly evidence: string
  readonly fits: (text: string) => boolean
  /** True: too many other values look like it, so the column's name must say so too. */
  readonly needsName?: boolean
  /** True: so rare by chance that a few values in a hundred are enough to call the column personal. */
  readonly surely?: boolean
}

/** Longer values are free text, whatever they begin with. */
const LONGEST = 320

const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}(?:/(?:3[0-2]|[12]?\\d))?$`)
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/i
const UUID = /^\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?$/i
const MAC = /^[\da-f]{2}(?:([:-])[\da-f]{2})(?:\1[\da-f]{2}){4}$|^[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}$/i
const CARD =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d)\d{12}|35\d{14}|62\d{14,17})$/
const PHONE = /^(?:\+|00(?=\d+[ ()./-]))[1-9][\d ()./-]{6,18}\d$|^\(\d{3}\) ?\d{3}-\d{4}$|^\d{3}-\d{3}-\d{4}$/
const LOCAL_PHONE = /^[\d(][\d ()./-]{5,18}\d$/
const SSN = /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/
const SSN_DIGITS = /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/
const NINO = /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]$/i
const POSTCODE_GB = /^(?:[A-Z]{1,2}\d[A-Z\d]?) \d[A-Z]{2}$/i
const POSTCODE_CA = /^[A-Z]\d[A-Z] \d[A-Z]\d$/i
const POSTCODE = /^(?:\d{4,5}|\d{5}-\d{4}|\d{4} ?[A-Z]{2}|\d{2}-\d{3}|\d{3} ?\d{2}|\d{6})$/i
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const TIME_OF_DAY = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?`
const DATE_TIME = new RegExp(`^\\d{4}-\\d{2}-\\d{2}[T ]${TIME_OF_DAY}(?:Z|[+-]\\d{2}:?\\d{2})?$`)

/** Checks from the strictest to the loosest: of two that fit the same share, the earlier is told first. */
export const VALUE_CHECKS: ReadonlyArray<ValueCheck> = [
  {
    kind: 'email',
    personal: true,
    evidence: 'address syntax (RFC 5321)',
    surely: true,
    fits: (text) => EMAIL.test(text),
  },
  { kind: 'iban', personal: true, evidence: 'country length and rest 1 by 97 (ISO 13616)', surely: true, fits: isIban },
  { kind: 'card', personal: true, evidence: 'issuer prefix, length and Luhn check (ISO/IEC 7812)', fits: isCard },
  {
    kind: 'national-id',
    personal: true,
    evidence: 'US SSN: shape and unused ranges',
    surely: true,
    fits: (text) => SSN.test(text),
  },
  { kind: 'national-id', personal: true, evidence: 'UK NINO: shape and prefixes', fits: (text) => NINO.test(text) },
  { kind: 'national-id', personal: true, evidence: 'French NIR: check by 97', surely: true, fits: isNir },
  { kind: 'national-id', personal: true, evidence: 'Spanish DNI or NIE: check letter', fits: isDni },
  { kind: 'national-id', personal: true, evidence: 'Brazilian CPF: two check digits', surely: true, fits: isDottedCpf },
  { kind: 'uuid', personal: false, evidence: 'shape of RFC 9562', fits: (text) => UUID.test(text) },
  { kind: 'mac', personal: true, evidence: 'six bytes in hexadecimal', fits: (text) => MAC.test(text) },
  { kind: 'ip', personal: true, evidence: 'IPv4 or IPv6 address', fits: isIp },
  { kind: 'url', personal: false, evidence: 'scheme, host and path (WHATWG URL)', fits: isUrl },
  { kind: 'iso-date', personal: false, evidence: 'a day of the calendar (ISO 8601)', fits: isDay },
  { kind: 'iso-datetime', personal: false, evidence: 'a day and a time (ISO 8601)', fits: isDayAndTime },
  { kind: 'phone', personal: true, evidence: 'country code or North American shape', fits: isPhone },
  { kind: 'postcode', personal: false, evidence: 'British shape', fits: (text) => POSTCODE_GB.test(text) },
  { kind: 'postcode', personal: false, evidence: 'Canadian shape', fits: (text) => POSTCODE_CA.test(text) },
  { kind: 'json', personal: false, evidence: 'parses as an object or a list', fits: isJson },
  // What follows is too common a shape to be told by the values alone.
  {
    kind: 'national-id',
    personal: true,
    evidence: 'nine digits as a US SSN',
    fits: (text) => SSN_DIGITS.test(text),
    needsName: true,
  },
  { kind: 'national-id', personal: true, evidence: 'Brazilian CPF: two check digits', fits: isCpf, needsName: true },
  { kind: 'phone', personal: true, evidence: 'digits of a phone number', fits: isLocalPhone, needsName: true },
  { kind: 'postcode', personal: false, evidence: 'usual shape', fits: (text) => POSTCODE.test(text), needsName: true },
  { kind: 'gtin', personal: false, evidence: 'check digit of GTIN, EAN, ISBN-13', fits: isGtin, needsName: true },
]

/** Whether a text passes a check. White space around it does not count. */
export function passes({ fits }: ValueCheck, text: string): boolean {
  if (text.length > LONGEST) return false
  const trimmed = text.trim()
  return trimmed !== '' && fits(trimmed)
}

function isCard(text: string): boolean {
  if (!/^[\d -]+$/.test(text)) return false
  const digits = text.replaceAll(/[ -]/g, '')
  return CARD.test(digits) && passesLuhn(digits)
}

function isDottedCpf(text: string): boolean {
  return /^\d{3}\.\d{3}\.\d{3}-\d{2}$/.test(text) && isCpf(text)
}

function isGtin(text: string): boolean {
  return passesGtin(text.replaceAll('-', ''))
}

function isPhone(text: string): boolean {
  return PHONE.test(text) && isDigitCount(text)
}

function isLocalPhone(text: string): boolean {
  return (PHONE.test(text) || LOCAL_PHONE.test(text)) && isDigitCount(text)
}

// E.164 allows 15 digits; below 7 nobody can be reached.
function isDigitCount(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').length
  return digits >= 7 && digits <= 15
}

function isIp(text: string): boolean {
  if (IPV4.test(text)) return true
  if (!/^[\da-f:.]+(?:%\w+)?(?:\/\d{1,3})?$/i.test(text) || !text.includes(':') || /:::/.test(text)) return false
  const [address = ''] = text.split(/[%/]/)
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const hasIpv4 = last.includes('.')
  const words = hasIpv4 ? groups.slice(0, -1) : groups
  const width = words.length + (hasIpv4 ? 2 : 0)
  const isWhole = halves.length === 2 ? width < 8 : width === 8
  return isWhole && (!hasIpv4 || IPV4.test(last)) && words.every((word) => /^[\da-f]{1,4}$/i.test(word))
}

function isUrl(text: string): boolean {
  return /^(?:https?|ftp|wss?|s3|gs):\/\/[^\s/?#]+\.?[^\s]*$/i.test(text) && URL.canParse(text)
}

function isDay(text: string): boolean {
  return DATE.test(text) && isRealDay(text)
}

function isDayAndTime(text: string): boolean {
  return DATE_TIME.test(text) && isRealDay(text.slice(0, 10))
}

// Date takes 31 February for 3 March.
function isRealDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}

function isJson(text: string): boolean {
  if (!/^(?:\{[^]*\}|\[[^]*\])$/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false // that it does not parse is the answer
  }
}

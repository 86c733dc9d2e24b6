/** What stands in place of a personal value. */
export const MASK = '•••'

// Bounded, and begun at the edge of a word only: a text of a hundred thousand letters takes no longer than its length.
const EMAIL = /(?<![\w.+-])[^\s@<>,;:"'()[\]=]{1,64}@[^\s@<>,;:"'()[\]=]{1,190}\.[a-z\d-]{2,24}/giu
// Accounts, cards, phones and identity numbers: digits with the separators people write, perhaps behind a country.
const NUMBER = /(?<![\w.])(?:\+|\(|\b[A-Z]{2}(?=\d\d))?\d(?:[ ./()-]{0,2}[\dA-Z]){6,38}(?!\w)/gu
/** An IBAN in groups of four. */
const MOST_WORDS = 9
const ADDRESS = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])/gu

/** A text without e-mail addresses, IP addresses, cards (Luhn), IBANs, phone and social security numbers in it. */
export function maskedText(text: string): string {
  return text
    .replaceAll(EMAIL, MASK)
    .replaceAll(ADDRESS, (part) => (part.split('.').every((byte) => Number(byte) < 256) ? MASK : part))
    .replaceAll(NUMBER, maskedRun)
}

/** Is the text, as a whole, such a value? */
export function isPersonalText(text: string): boolean {
  return text.trim() !== '' && maskedText(text.trim()) === MASK
}

// The run may begin or end with words that are no part of the number.
function maskedRun(run: string): string {
  if (!/^\+|[A-Z]{2}\d|\d{3}/.test(run)) return run
  const words = run.split(' ')
  for (let length = Math.min(words.length, MOST_WORDS); length > 0; length--) {
    for (let from = 0; from + length <= words.length; from++) {
      if (!isPersonalNumber(words.slice(from, from + length).join(' '))) continue
      return [...words.slice(0, from), MASK, ...words.slice(from + length)].join(' ')
    }
  }
  return run
}

function isPersonalNumber(text: string): boolean {
  const compact = text.replaceAll(/[^\dA-Z+]/g, '')
  if (/^\+\d{7,15}$/.test(compact)) return true
  if (/^\d{3}-\d{2}-\d{4}$/.test(text)) return true
  if (/^\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/.test(text)) return true
  if (/^[3-6]\d{12,18}$/.test(compact)) return passesLuhn(compact)
  return /^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(compact) && restBy97(compact.slice(4) + compact.slice(0, 4)) === 1
}

// ISO/IEC 7812-1, annex B.
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)
  }
  return sum % 10 === 0
}

// ISO 13616; letters count as 10 to 35.
function restBy97(text: string): number {
  let rest = 0
  for (const letter of text) {
    const value = Number.parseInt(letter, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

const NAMES =
  /\b(e ?mail|iban|credit card|card (no|number)|phone|mobile|telephone|telefon|fax|ssn|social security|national id|passport|driving licen[cs]e|ip( address)?|(first|last|given|family|middle|maiden|full|sur) ?name|surname|forename|vorname|nachname|(customer|patient|employee|contact|user) name|username|street|home address|address|dob|birth|birthday|birthdate|date of birth|password|secret|token|api key)\b/

/** Does a column's name say that its values are of people, or secret? `customerEmail`, `date_of_birth`. */
export function isPersonalName(name: string): boolean {
  const words = name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase()
    .trim()
  return NAMES.test(words)
}

/** Luhn's check over digits (ISO/IEC 7812-1, annex B): cards. False for anything but digits. */
export function passesLuhn(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)
  }
  return sum % 10 === 0
}

/** The rest of a long number by 97, digit by digit. Letters count as 10 to 35. */
function restBy97(text: string): number {
  let rest = 0
  for (const letter of text) {
    const value = Number.parseInt(letter, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

/** ISO 13616: country, two check digits, up to 30 more characters; rest 1 by 97. Spaces are let pass. */
export function isIban(text: string): boolean {
  const compact = text.replaceAll(' ', '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(compact)) return false
  const length = IBAN_LENGTHS[compact.slice(0, 2)]
  if (length !== undefined && length !== compact.length) return false
  return restBy97(compact.slice(4) + compact.slice(0, 4)) === 1
}

/** EAN-8, UPC-A, EAN-13 and ISBN-13: weights 1 and 3 from the right. */
export function passesGtin(digits: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 3)
  return sum % 10 === 0
}

/** Brazil's CPF: two check digits by 11. */
export function isCpf(text: string): boolean {
  const digits = text.replaceAll(/[.-]/g, '')
  if (!/^\d{11}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false
  return [9, 10].every((length) => {
    let sum = 0
    for (let i = 0; i < length; i++) sum += Number(digits[i]) * (length + 1 - i)
    return ((sum * 10) % 11) % 10 === Number(digits[length])
  })
}

/** Spain's DNI and NIE: the letter is the number's rest by 23. */
export function isDni(text: string): boolean {
  const [, first = '', rest = '', letter = ''] = /^([XYZ\d])(\d{7})-?([A-Z])$/.exec(text.toUpperCase()) ?? []
  const lead = 'XYZ'.indexOf(first)
  return letter !== '' && 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(`${lead === -1 ? first : lead}${rest}`) % 23] === letter
}

/** France's NIR: 13 digits (2A and 2B for Corsica) and 97 minus their rest. */
export function isNir(text: string): boolean {
  const compact = text.replaceAll(' ', '').toUpperCase()
  if (!/^[12]\d{4}(\d{2}|2A|2B)\d{6}\d{2}$/.test(compact)) return false
  const number = compact.slice(0, 13).replace('2A', '19').replace('2B', '18')
  return 97 - restBy97(number) === Number(compact.slice(13))
}

// The IBAN registry's lengths, of the countries met most.
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CZ: 24,
  DE: 22,
  DK: 18,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IT: 27,
  LU: 20,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  TR: 26,
}

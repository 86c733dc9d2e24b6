/** What a column's name says its values are. */
export interface NameHint {
  readonly kind: string
  readonly personal: boolean
  /** True: the name alone is enough, for no check of values could tell. */
  readonly alone: boolean
}

const HINTS: ReadonlyArray<readonly [pattern: RegExp, hint: NameHint]> = [
  [/\be ?-?mail/, { kind: 'email', personal: true, alone: false }],
  [/\biban\b/, { kind: 'iban', personal: true, alone: false }],
  [/\b(card|cc|pan|credit card)( ?(no|nr|num|number))?\b/, { kind: 'card', personal: true, alone: false }],
  [/\b(phone|mobile|cell|tel|telephone|telefon|fax|msisdn)\b/, { kind: 'phone', personal: true, alone: false }],
  [
    /\b(ssn|social security|national id|nino|nir|dni|cpf|tax id|passport)\b/,
    { kind: 'national-id', personal: true, alone: false },
  ],
  [/\b(passport|driving licen[cs]e|driver s? ?licen[cs]e)\b/, { kind: 'document-id', personal: true, alone: true }],
  [/\b(ip|ip address|ipv4|ipv6)\b/, { kind: 'ip', personal: true, alone: false }],
  [/\bmac\b/, { kind: 'mac', personal: true, alone: false }],
  [/\b(zip|zip code|zipcode|postcode|postal code|plz)\b/, { kind: 'postcode', personal: false, alone: false }],
  [/\b(isbn|ean|gtin|upc|barcode)\b/, { kind: 'gtin', personal: false, alone: false }],
  [/\b(url|website|homepage|link)\b/, { kind: 'url', personal: false, alone: false }],
  [
    /\b(first|last|given|family|middle|maiden|full|sur) ?name\b|\b(surname|firstname|lastname|fullname|forename|person|vorname|nachname)\b/,
    { kind: 'person-name', personal: true, alone: true },
  ],
  [
    /\b(customer|patient|employee|contact|guest|passenger|student|user|member|driver) name\b|\busername\b/,
    { kind: 'person-name', personal: true, alone: true },
  ],
  [
    /\b(street|address|addr|address line ?\d?|home address|strasse)\b/,
    { kind: 'address', personal: true, alone: true },
  ],
  [
    /\b(dob|birth|birthday|birthdate|date of birth|birth date|geburtsdatum)\b/,
    { kind: 'birth-date', personal: true, alone: true },
  ],
  [/\b(password|passwd|pwd|secret|api key|token|private key)\b/, { kind: 'secret', personal: true, alone: true }],
]

// `address` also stands for other things than where people live.
const NOT_A_PERSON = /\b(ip|mac|e ?mail|web|url|memory|contract|wallet) (address|addr)\b/

/** What the name says: `customerEmail`, `E-Mail`, `date_of_birth`. Nothing for most names. */
export function nameHints(name: string): ReadonlyArray<NameHint> {
  const words = name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase()
    .trim()
  return HINTS.filter(
    ([pattern, hint]) => pattern.test(words) && !(hint.kind === 'address' && NOT_A_PERSON.test(words)),
  ).map(([, hint]) => hint)
}

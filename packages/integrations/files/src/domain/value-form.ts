const FORMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/, 'a number with thousands separators'],
  [/^[-+]?\d*,\d+(?:[eE][-+]?\d+)?$/, 'a number with a decimal comma'],
  [/^[-+]?0[xXoObB][0-9a-fA-F]+$/, 'a number in hexadecimal, octal or binary'],
  [/^[-+]?[\d.]+\s*%$/, 'a percentage'],
  [/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?$/, 'a date'],
  [/^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/, 'a time of day'],
  [/^[-+]?[\d.]+\s*\D+$/, 'a number followed by text'],
  [/^\p{Sc}\s*[-+]?[\d.,]+$/u, 'an amount with a currency sign'],
]

/** What a value that is no number looks like, in words that do not give the value away. */
export function valueForm(value: string): string {
  const trimmed = value.trim()
  const known = FORMS.find(([pattern]) => pattern.test(trimmed.slice(0, 100)))
  return known?.[1] ?? `text of ${trimmed.length} ${trimmed.length === 1 ? 'character' : 'characters'}`
}

import type { JSX } from 'preact'

/** One name of several, or none. */
export function ChoiceOf({
  label,
  names,
  value,
  none,
  onChange,
}: {
  readonly label: string
  readonly names: ReadonlyArray<string | { readonly value: string; readonly text: string }>
  readonly value: string
  /** What stands for none of them, which is the empty text. */
  readonly none?: string
  readonly onChange: (value: string) => void
}): JSX.Element {
  const offers = names.map((name) => (typeof name === 'string' ? { value: name, text: name } : name))
  return (
    <label>
      {label}
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {offers.map((offer) => (
          <option key={offer.value} value={offer.value}>
            {offer.text}
          </option>
        ))}
      </select>
    </label>
  )
}

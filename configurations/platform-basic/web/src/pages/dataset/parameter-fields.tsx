import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import type { ParameterSchema } from '../../api/types.ts'
import { type Field, fieldOf, valueOf } from './parameter-field.ts'

/** The parameters of a detector as fields, by their JSON Schema; what is left as it is stays at the default. */
export function ParameterFields({
  schemas,
  onChange,
}: {
  readonly schemas: Readonly<Record<string, ParameterSchema>>
  /** Given those that were changed. */
  readonly onChange: (parameters: Readonly<Record<string, unknown>>) => void
}): JSX.Element | null {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const names = Object.keys(schemas)
  if (names.length === 0) return null
  const type = (name: string, text: string): void => {
    const all = { ...typed, [name]: text }
    setTyped(all)
    const changed = Object.entries(all).filter(([, one]) => one !== '')
    onChange(Object.fromEntries(changed.map(([one, value]) => [one, valueOf(fieldOf(schemas[one] ?? {}), value)])))
  }
  return (
    <fieldset>
      <legend>Parameters</legend>
      {names.map((name) => (
        <label key={name}>
          <code>{name}</code> {schemas[name]?.description}
          <ParameterInput
            field={fieldOf(schemas[name] ?? {})}
            value={typed[name] ?? ''}
            onInput={(text) => type(name, text)}
          />
        </label>
      ))}
    </fieldset>
  )
}

function ParameterInput({
  field,
  value,
  onInput,
}: {
  readonly field: Field
  readonly value: string
  readonly onInput: (text: string) => void
}): JSX.Element {
  if (field.kind === 'choice') {
    return (
      <select value={value} onChange={({ currentTarget }) => onInput(currentTarget.value)}>
        <option value="">{field.placeholder}</option>
        {field.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    )
  }
  if (field.kind === 'number') {
    return (
      <input
        type="number"
        min={field.least}
        max={field.most}
        step={field.isWhole ? 1 : 'any'}
        placeholder={field.placeholder}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    )
  }
  return (
    <input
      type="text"
      placeholder={field.placeholder}
      value={value}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  )
}

import type { ComponentChildren, JSX } from 'preact'

/** Something known, by its name; false or undefined where it is not known. */
export type Fact = readonly [name: string, value: ComponentChildren]

/** What is known of something; what is not known is left out. */
export function Facts({ of }: { readonly of: ReadonlyArray<Fact> }): JSX.Element {
  return (
    <dl class="facts">
      {of
        .filter(([, value]) => value !== undefined && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

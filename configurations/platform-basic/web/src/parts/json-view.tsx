import type { JSX } from 'preact'

/** JSON as it is, in a box that scrolls. */
export function JsonView({ label, value }: { readonly label: string; readonly value: unknown }): JSX.Element {
  return (
    <pre class="scroll json" tabIndex={0} role="region" aria-label={label}>
      {JSON.stringify(value, undefined, 2)}
    </pre>
  )
}

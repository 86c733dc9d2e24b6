import type { JSX } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** A button for what cannot be undone: it asks again, in its place; Escape says no. */
export function ConfirmButton({
  children,
  label,
  onConfirm,
}: {
  /** What stands on it. */
  readonly children: string
  /** What exactly would be done, such as `Delete the run of pumps.csv`, with what stands on the button in it: for who only hears it, and in the question. */
  readonly label: string
  readonly onConfirm: () => void
}): JSX.Element {
  const [isAsking, setAsking] = useState(false)
  const yes = useRef<HTMLButtonElement>(null)
  const first = useRef<HTMLButtonElement>(null)
  const wasAsking = useRef(false)
  useLayoutEffect(() => {
    if (isAsking) yes.current?.focus()
    else if (wasAsking.current) first.current?.focus()
    wasAsking.current = isAsking
  }, [isAsking])
  if (!isAsking) {
    return (
      <button ref={first} type="button" class="quiet" aria-label={label} onClick={() => setAsking(true)}>
        {children}
      </button>
    )
  }
  return (
    <span class="sure" onKeyDown={({ key }) => key === 'Escape' && setAsking(false)}>
      {label}?{' '}
      <button
        ref={yes}
        type="button"
        class="danger"
        aria-label={`Yes: ${label}`}
        onClick={() => {
          setAsking(false)
          onConfirm()
        }}
      >
        Yes
      </button>{' '}
      <button type="button" class="quiet" onClick={() => setAsking(false)}>
        No
      </button>
    </span>
  )
}

import type { JSX } from 'preact'

/** How good or bad a state is; `busy` goes on by itself. */
export type Mood = 'good' | 'bad' | 'warning' | 'busy' | 'plain'

const SIGNS: Readonly<Record<Mood, string>> = { good: '✓', bad: '✗', warning: '▲', busy: '◐', plain: '○' }

/** A state in a word, with a colour, and a sign for who does not see it. */
export function Badge({ mood, text }: { readonly mood: Mood; readonly text: string }): JSX.Element {
  return (
    <span class={`badge ${mood}`}>
      <span aria-hidden="true">{SIGNS[mood]}</span> {text}
    </span>
  )
}

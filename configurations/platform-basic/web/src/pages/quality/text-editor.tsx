import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'

import type { Fault } from '../../api/ask.ts'

/** A text with numbered lines; those with faults are marked, and what is wrong with each stands below, with the way to it. */
export function TextEditor({
  label,
  text,
  faults,
  onChange,
}: {
  readonly label: string
  readonly text: string
  readonly faults: ReadonlyArray<Fault>
  readonly onChange: (text: string) => void
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const lines = text.split('\n')
  const bad = new Map(faults.flatMap(({ line, message }) => (line === undefined ? [] : [[line, message] as const])))
  const goToLine = (line: number): void => {
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
    area.current?.focus()
    area.current?.setSelectionRange(start, start + (lines[line - 1] ?? '').length)
    const lineHeight = (area.current?.scrollHeight ?? 0) / (lines.length + 1)
    box.current?.scrollTo({ top: (line - 3) * lineHeight }) // two lines above it show
  }
  return (
    <>
      <div ref={box} class="editor">
        <ol aria-hidden="true">
          {lines.map((_, index) => (
            <li key={index} class={bad.has(index + 1) ? 'wrong' : undefined} title={bad.get(index + 1)}>
              {bad.has(index + 1) ? '✗ ' : ''}
              {index + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={area}
          aria-label={label}
          aria-invalid={faults.length > 0}
          aria-describedby={faults.length > 0 ? 'faults' : undefined}
          rows={lines.length + 1}
          wrap="off"
          spellcheck={false}
          value={text}
          onInput={({ currentTarget: { value } }) => onChange(value)}
        />
      </div>
      {faults.length > 0 && (
        <ul id="faults" class="failure">
          {faults.map(({ path, line, message }) => (
            <li key={`${path} ${message}`}>
              {line !== undefined && (
                <button type="button" class="quiet" onClick={() => goToLine(line)}>
                  Line {line}
                </button>
              )}{' '}
              {message}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { type Feedback, resultPath } from '../../api/results.ts'
import { Failure } from '../../api/use-answer.tsx'
import { Badge } from '../../parts/badge.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { useAction } from '../../parts/use-action.ts'

/** What somebody says of a row: a true or a false alarm, with a note; it can be taken back. */
export function FeedbackForm({
  result,
  row,
  said,
  onChange,
}: {
  readonly result: string
  readonly row: number
  readonly said: Feedback | undefined
  /** It was said, or taken back. */
  readonly onChange: () => void
}): JSX.Element {
  const [note, setNote] = useState(said?.note ?? '')
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => setNote(said?.note ?? ''), [said?.at])
  const path = resultPath(result, `/feedback/${row}`)
  const say = useAction(async (verdict: Feedback['verdict']) => {
    await ask(path, { method: 'PUT', body: { verdict, ...(note.trim() !== '' && { note: note.trim() }) } })
    onChange()
  })
  const undo = useAction(async () => {
    await ask(path, { method: 'DELETE' })
    onChange()
    first.current?.focus() // the button that was pressed goes
  })
  return (
    <fieldset>
      <legend>Is it an anomaly?</legend>
      <label>
        Note
        <input
          type="text"
          maxLength={2000}
          value={note}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
        />
      </label>
      <div class="row">
        <button ref={first} type="button" class="quiet" onClick={() => say.start('true_alarm')}>
          True alarm
        </button>
        <button type="button" class="quiet" onClick={() => say.start('false_alarm')}>
          False alarm
        </button>
        <span role="status">
          {said !== undefined && (
            <>
              <VerdictBadge verdict={said.verdict} /> <RelativeTime at={said.at} />
            </>
          )}
        </span>
        {said !== undefined && (
          <button type="button" class="quiet" onClick={undo.start}>
            Undo
          </button>
        )}
      </div>
      {(say.why ?? undo.why) !== undefined && <Failure why={say.why ?? undo.why ?? ''} />}
    </fieldset>
  )
}

/** A verdict in words. */
export function VerdictBadge({ verdict }: Pick<Feedback, 'verdict'>): JSX.Element {
  return verdict === 'true_alarm' ? <Badge mood="bad" text="true alarm" /> : <Badge mood="good" text="false alarm" />
}

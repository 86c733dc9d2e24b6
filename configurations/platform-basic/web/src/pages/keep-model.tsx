import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import type { Model } from '../api/types.ts'
import { Failure, textOf } from '../api/use-answer.tsx'
import { addressOf } from '../place.ts'
import type { Run } from './run.ts'

/** Trains what was run, with the threshold as it was moved, as the next version of a model. */
export function KeepModel({ run, threshold }: { readonly run: Run; readonly threshold: number }): JSX.Element {
  const [name, setName] = useState('')
  const [kept, setKept] = useState<Model>()
  const [why, setWhy] = useState<string>()
  const keep = async (): Promise<void> => {
    setWhy(undefined)
    const { contamination: _, ...rest } = run
    try {
      const path = `/api/v1/models/${encodeURIComponent(name)}/versions`
      setKept(await ask<Model>(path, { body: { ...rest, threshold } }))
    } catch (error) {
      setWhy(textOf(error))
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      <label>
        Name of the model
        <input type="text" required value={name} onInput={({ currentTarget: { value } }) => setName(value)} />
      </label>
      <button type="submit">Keep it</button>
      <p role="status">
        {kept !== undefined && (
          <>
            Kept as version {kept.version} of <a href={addressOf('models')}>{kept.name}</a>.
          </>
        )}
      </p>
      {why !== undefined && <Failure why={why} />}
    </form>
  )
}

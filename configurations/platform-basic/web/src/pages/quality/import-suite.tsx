import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { Failure } from '../../api/use-answer.tsx'
import { useAction } from '../../parts/use-action.ts'

interface Imported {
  readonly suite: { readonly expectations: ReadonlyArray<unknown> }
  readonly from: string
  readonly untranslated: ReadonlyArray<{ readonly path: ReadonlyArray<string | number>; readonly reason: string }>
  readonly yaml: string
}

/** Makes the text of a suite out of a file. */
export function ImportSuite({ onText }: { readonly onText: (text: string) => void }): JSX.Element {
  const [made, setMade] = useState<Imported>()
  const importing = useAction(async (file: File) => {
    setMade(undefined)
    const found = await ask<Imported>('/api/v1/quality/imports', { body: await file.text(), type: 'application/yaml' })
    setMade(found)
    onText(found.yaml)
  })
  return (
    <>
      <label>
        Import a suite of yours, a data contract (ODCS), tests of dbt, a suite of Great Expectations or a JSON Schema
        <input
          type="file"
          accept=".yml,.yaml,.json"
          disabled={importing.isBusy}
          onChange={({ currentTarget: { files } }) => {
            const file = files?.[0]
            if (file !== undefined) importing.start(file)
          }}
        />
      </label>
      {importing.why !== undefined && <Failure why={importing.why} />}
      {made !== undefined && (
        <div role="status">
          <p>
            {made.suite.expectations.length} expectations from {made.from}; keep them below.
          </p>
          {made.untranslated.length > 0 && (
            <>
              <p>Left out:</p>
              <ul>
                {made.untranslated.map(({ path, reason }) => (
                  <li key={path.join('.')}>
                    <code>{path.join('.')}</code>: {reason}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </>
  )
}

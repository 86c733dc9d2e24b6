import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../api/ask.ts'
import type { Dataset } from '../api/types.ts'
import { Failure, textOf } from '../api/use-answer.tsx'
import { goTo } from '../place.ts'

/** Takes a file, by dropping or choosing it. */
export function StartPage(): JSX.Element {
  const [busy, setBusy] = useState<string>()
  const [why, setWhy] = useState<string>()
  const [isOver, setIsOver] = useState(false)
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined || busy !== undefined) return
    setBusy(file.name)
    setWhy(undefined)
    try {
      const path = `/api/v1/datasets?name=${encodeURIComponent(file.name)}`
      const { id } = await ask<Dataset>(path, { body: file })
      goTo('dataset', { id })
    } catch (error) {
      setWhy(textOf(error))
    } finally {
      setBusy(undefined)
    }
  }
  return (
    <>
      <p>Drop a file with a table, press "Find anomalies", and look at what stands out.</p>
      <label
        class={isOver ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setIsOver(false)
          void take(event.dataTransfer?.files[0])
        }}
      >
        <span>Drop a CSV, JSON or Parquet file here, or choose one</span>
        <input
          type="file"
          accept=".csv,.tsv,.json,.jsonl,.ndjson,.parquet,.gz"
          disabled={busy !== undefined}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </label>
      <p role="status">{busy === undefined ? '' : `Uploading ${busy} ...`}</p>
      {why !== undefined && <Failure why={why} />}
    </>
  )
}

import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

import { upload } from '../api/upload.ts'
import { Failure, textOf } from '../api/use-answer.tsx'
import { ProgressBar } from '../parts/progress-bar.tsx'
import { goTo } from '../place.ts'

interface Sending {
  readonly file: File
  readonly sentBytes: number
  readonly end: () => void
}

/** Takes a file, by dropping or choosing it. */
export function StartPage(): JSX.Element {
  const [sending, setSending] = useState<Sending>()
  const [why, setWhy] = useState<string>()
  const [isOver, setIsOver] = useState(false)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined || sending !== undefined) return
    const control = new AbortController()
    running.current = control
    const tell = (sentBytes: number): void => setSending({ file, sentBytes, end: () => control.abort() })
    tell(0)
    setWhy(undefined)
    try {
      const { id } = await upload(file, { onProgress: tell, signal: control.signal })
      goTo('dataset', { id })
    } catch (error) {
      setWhy(textOf(error))
    } finally {
      setSending(undefined)
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
          disabled={sending !== undefined}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </label>
      <div role="status">{sending !== undefined && <SendingView {...sending} />}</div>
      {why !== undefined && <Failure why={why} />}
    </>
  )
}

function SendingView({ file, sentBytes, end }: Sending): JSX.Element {
  const isSent = sentBytes >= file.size
  return (
    <div class="row">
      {isSent ? (
        <ProgressBar label={`Reading ${file.name}`} done={0} />
      ) : (
        <ProgressBar label={`Uploading ${file.name}`} done={sentBytes} total={file.size} unit="bytes" />
      )}
      <button type="button" class="quiet" onClick={end}>
        Cancel
      </button>
    </div>
  )
}

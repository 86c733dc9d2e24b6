import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { Failure } from '../../api/use-answer.tsx'
import { countText } from '../../numbers.ts'
import { useAction } from '../../parts/use-action.ts'
import { exampleSamples } from './example-samples.ts'
import { type Stream, streamPath } from './stream.ts'

interface Receipt {
  readonly accepted: number
  readonly anomalies: number
}

/** A box to try a stream from, and how to do the same from anywhere. */
export function PushSamples({
  stream,
  onTaken,
}: {
  readonly stream: Stream
  readonly onTaken: () => void
}): JSX.Element {
  const [lines, setLines] = useState('')
  const [said, setSaid] = useState('')
  const path = `${streamPath(stream.name)}/samples`
  const url = `${location.origin}${path}`
  const pushing = useAction(async () => {
    setSaid('')
    const { accepted, anomalies } = await ask<Receipt>(path, { body: new Blob([lines]) })
    setSaid(`${countText(accepted)} taken, ${countText(anomalies)} of them anomalies.`)
    onTaken()
  })
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          pushing.start()
        }}
      >
        <label>
          Samples, one a line: an object, a list of numbers or a number
          <textarea
            rows={6}
            required
            spellcheck={false}
            value={lines}
            onInput={({ currentTarget: { value } }) => setLines(value)}
          />
        </label>
        <div class="row">
          <button type="submit" disabled={pushing.isBusy}>
            Push
          </button>
          <button type="button" class="quiet" onClick={() => setLines(exampleSamples(stream, Date.now()))}>
            Fill in an example
          </button>
        </div>
      </form>
      <p role="status">{said}</p>
      {pushing.why !== undefined && <Failure why={pushing.why} />}
      <Command name="Push a file" text={`curl --data-binary @samples.jsonl ${url}`} />
      <Command
        name="Push lines as they come"
        text={`tail -f samples.jsonl | while read -r line; do curl -s --data-binary "$line" ${url}; done`}
      />
      <Command
        name="Read results"
        text={`curl -N -H 'accept: text/event-stream' '${location.origin}${streamPath(stream.name)}/results?anomalies=true'`}
      />
    </>
  )
}

function Command({ name, text }: { readonly name: string; readonly text: string }): JSX.Element {
  const [said, setSaid] = useState('')
  const copy = (): void => {
    // a page that is not from this machine, nor secured, may not
    const copied = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('not allowed'))
    copied.then(
      () => setSaid('Copied.'),
      () => setSaid('The browser does not let this page copy: mark the line and copy it.'),
    )
  }
  return (
    <>
      <p>
        {name} from a terminal{' '}
        <button type="button" class="quiet" aria-label={`Copy: ${name}`} onClick={copy}>
          Copy
        </button>{' '}
        <span role="status">{said}</span>
      </p>
      <pre class="scroll json" tabIndex={0} role="region" aria-label={`Command: ${name}`}>
        {text}
      </pre>
    </>
  )
}

import type { Expectation, Suite } from '@nomaly/data-quality'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'

import { ask } from '../../api/ask.ts'
import { Answered, Failure, useAnswer } from '../../api/use-answer.tsx'
import { useAction } from '../../parts/use-action.ts'
import { addressOf, goTo } from '../../place.ts'
import type { Job } from '../jobs/job.ts'
import { argumentsOf, subjectOf, wordsOf } from './quality.ts'

/** What a job of the kind `suggest` answers. */
interface Suggested {
  readonly suite: Suite
  readonly suggestions: ReadonlyArray<{ readonly id: string; readonly reason: string; readonly state?: string }>
}

/** Suggestions of a job, to be chosen from and kept as a suite. */
export function SuggestionsPage({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const job = query.get('job') ?? ''
  const answer = useAnswer(job, (signal) => ask<Job>(`/api/v1/jobs/${encodeURIComponent(job)}`, { signal }))
  return (
    <Answered of={answer}>
      {({ state, output, input }) =>
        output === undefined ? (
          <Failure why={`The job that suggests is ${state}.`} />
        ) : (
          <Choice suggested={output as unknown as Suggested} dataset={String(input['dataset'])} />
        )
      }
    </Answered>
  )
}

function Choice({
  suggested: { suite, suggestions },
  dataset,
}: {
  readonly suggested: Suggested
  readonly dataset: string
}): JSX.Element {
  const [name, setName] = useState(suite.name)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const keeping = useAction(async () => {
    await ask(`/api/v1/quality/suites/${encodeURIComponent(name)}`, {
      method: 'PUT',
      body: chosen({ ...suite, name }, left),
    })
    goTo('quality', { suite: name, dataset })
  })
  const listed = suggestions.flatMap(({ id, reason }) => {
    const expectation = suite.expectations.find((one) => one.id === id)
    return expectation === undefined ? [] : [{ id, reason, expectation }]
  })
  if (listed.length === 0) {
    return (
      <p>
        The data speak for nothing that <a href={addressOf('suite', { name: suite.name })}>{suite.name}</a> does not
        say.
      </p>
    )
  }
  const toggle = (id: string, isOn: boolean): void =>
    setLeft(new Set(isOn ? [...left].filter((one) => one !== id) : [...left, id]))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        keeping.start()
      }}
    >
      <p>Take away what the data need not keep to. What you keep can be changed later, by hand.</p>
      <fieldset>
        <legend>Expectations</legend>
        {listed.map(({ id, reason, expectation }) => (
          <label key={id} class="suggestion">
            <input
              type="checkbox"
              checked={!left.has(id)}
              onChange={({ currentTarget: { checked } }) => toggle(id, checked)}
            />{' '}
            <strong>{subjectOf(expectation)}</strong> {wordsOf(expectation.type)} <em>{argumentsOf(expectation)}</em>
            <br />
            {reason}
          </label>
        ))}
      </fieldset>
      <label>
        Name of the suite
        <input type="text" required value={name} onInput={({ currentTarget: { value } }) => setName(value)} />
      </label>
      <button type="submit" disabled={keeping.isBusy}>
        Keep {suite.expectations.length - left.size} expectations
      </button>
      {keeping.why !== undefined && <Failure why={keeping.why} />}
    </form>
  )
}

// What was taken away is remembered, so that it is not suggested again.
function chosen(suite: Suite, left: ReadonlySet<string>): Suite {
  if (left.size === 0) return suite
  const before = suite.meta?.['suggestions'] as { readonly rejected?: ReadonlyArray<string> } | undefined // as suites have it
  const rejected = [...new Set([...(before?.rejected ?? []), ...left])].toSorted()
  return {
    ...suite,
    expectations: suite.expectations.filter(({ id }: Expectation) => id === undefined || !left.has(id)),
    meta: { ...suite.meta, suggestions: { rejected } },
  }
}

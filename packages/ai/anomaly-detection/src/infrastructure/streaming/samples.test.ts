import { describe, expect, it } from 'vitest'

import type { SampleBatch, SampleFormat } from '../../application/ports/sample-source.ts'
import { csvFields } from './csv-fields.ts'
import { type EventSourceLike, eventSourceSamples } from './event-source-samples.ts'
import { readSamples } from './read-samples.ts'
import { SampleLines } from './sample-lines.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const json = '{"v":1,"name":"ä€😀"}\n\n[1,2]\r\n3\nno\n"text"\n{"v":2}'
const csv = 'host,"v, all"\n"a ""x""\nb",1\nc\nd,\n'

const expected: Readonly<Record<'jsonl' | 'csv', ReadonlyArray<unknown>>> = {
  jsonl: [
    { line: 1, sample: { v: 1, name: 'ä€😀' } },
    { line: 3, sample: [1, 2] },
    { line: 4, sample: 3 },
    { line: 5, fault: 'this is no JSON' },
    { line: 6, fault: 'this is neither an object nor a number' },
    { line: 7, sample: { v: 2 } },
  ],
  csv: [
    { line: 3, sample: { host: 'a "x"\nb', 'v, all': '1' } },
    { line: 4, fault: 'there are 1 fields; the header has 2' },
    { line: 5, sample: { host: 'd', 'v, all': '' } },
  ],
}

describe('samples of bytes', () => {
  const texts = { jsonl: json, csv } as const

  it.each(['jsonl', 'csv'] as const)('are the same wherever %s is cut, and from every position on', (format) => {
    const bytes = bytesOf(texts[format])
    for (let cut = 0; cut <= bytes.length; cut++) {
      const lines = new SampleLines(format)
      const first = lines.take(bytes.slice(0, cut))
      const rest = [lines.take(bytes.slice(cut)), lines.end()]
      expect([first, ...rest].flatMap(({ samples }) => samples)).toEqual(expected[format])
      const resumed = new SampleLines(format, first.position)
      const again = [resumed.take(bytes.slice(first.position.bytes)), resumed.end()]
      expect(again.flatMap(({ samples }) => samples)).toEqual(rest.flatMap(({ samples }) => samples))
    }
  })

  it('are read from any stream of text or bytes', async () => {
    async function* source(): AsyncGenerator<string | Uint8Array> {
      yield 'a\tb\n1\t'
      yield bytesOf('2\n"open')
    }
    const batches: SampleBatch[] = []
    for await (const batch of readSamples(source(), { format: 'tsv' satisfies SampleFormat })) batches.push(batch)
    expect(batches.flatMap(({ samples }) => samples)).toEqual([
      { line: 2, sample: { a: '1', b: '2' } },
      { line: 3, fault: 'a quote is not closed' },
    ])
  })

  it('whose lines never end are refused', () => {
    const lines = new SampleLines('jsonl')
    const block = new Uint8Array(4 * 1024 * 1024).fill(32)
    const feed = (): void => {
      for (let i = 0; i < 5; i++) lines.take(block)
    }
    expect(feed).toThrow(/line 1 has more than/)
  })
})

it.each([
  ['a,b', ['a', 'b']],
  ['', ['']],
  ['"a,b",c', ['a,b', 'c']],
  ['"",""', ['', '']],
  ['"a""b"', ['a"b']],
  [',"x",', ['', 'x', '']],
])('csvFields %j', (record, fields) => {
  expect(csvFields(record, ',')).toEqual(fields)
})

describe('samples of an event source', () => {
  class Source implements EventSourceLike {
    readyState = 1
    readonly listeners = new Map<string, (event: { readonly data?: unknown }) => void>()
    addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void {
      this.listeners.set(type, listener)
    }
    removeEventListener(type: string): void {
      this.listeners.delete(type)
    }
    close(): void {
      this.readyState = 2
    }
    send(data: string): void {
      this.listeners.get('message')?.({ data })
    }
    break(readyState: number): void {
      this.readyState = readyState
      this.listeners.get('error')?.({})
    }
  }

  it('come in order, whether they wait or are waited for; leaving closes the source', async () => {
    const source = new Source()
    const samples = eventSourceSamples(source)
    source.send('{"v":1}')
    source.send('{"v":2}')
    setTimeout(() => source.send('{"v":3}'), 5)
    const found: unknown[] = []
    for await (const sample of samples) if (found.push(sample) === 3) break
    expect(found).toEqual([{ v: 1 }, { v: 2 }, { v: 3 }])
    expect([source.readyState, source.listeners.size]).toEqual([2, 0])
  })

  it('drop the oldest where they are too many, or fail', async () => {
    const source = new Source()
    const samples = eventSourceSamples(source, { capacity: 2 })
    for (const value of ['1', '2', '3']) source.send(value)
    const { value } = await samples[Symbol.asyncIterator]().next()
    expect([samples.dropped, value]).toEqual([1, 2])

    const strict = new Source()
    const failing = eventSourceSamples(strict, { capacity: 1, overflow: 'fail' })[Symbol.asyncIterator]()
    for (const message of ['1', '2']) strict.send(message)
    await failing.next()
    await failing.next()
    await expect(failing.next()).rejects.toMatchObject({ code: 'anomaly-detection/storage-failed' })
  })

  it('end with an error once the source is closed for good, not when it connects again', async () => {
    const source = new Source()
    const iterator = eventSourceSamples(source)[Symbol.asyncIterator]()
    const next = iterator.next()
    source.break(0)
    source.send('7')
    expect((await next).value).toBe(7)
    const last = iterator.next()
    source.break(2)
    await expect(last).rejects.toMatchObject({ code: 'anomaly-detection/storage-failed' })
  })
})

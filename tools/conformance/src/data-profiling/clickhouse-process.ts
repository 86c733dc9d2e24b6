import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const script = join(import.meta.dirname, '../../data-profiling/clickhouse.py')

/** An embedded ClickHouse in a process of its own, asked one statement after another. */
export interface ClickhouseProcess {
  readonly query: (sql: string) => Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>
  readonly stop: () => void
}

/** Starts it with a Python that has chdb. NaN and infinities come as text. */
export async function startClickhouse(python: string): Promise<ClickhouseProcess> {
  const child = spawn(python, ['-B', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const query: ClickhouseProcess['query'] = async (sql) => {
    child.stdin.write(`${JSON.stringify(sql)}\n`)
    const line = await lines.next()
    const answer: { readonly rows?: ReadonlyArray<Record<string, unknown>>; readonly error?: string } = JSON.parse(
      line.done === true ? '{"error": "ClickHouse ended"}' : line.value,
    )
    if (answer.rows === undefined) throw new Error(`${answer.error ?? 'no answer'}; asked: ${sql.slice(0, 300)}`)
    return answer.rows
  }
  await query('SET output_format_json_quote_denormals = 1')
  return {
    query,
    stop: () => {
      child.kill()
    },
  }
}

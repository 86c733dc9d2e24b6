import { posix } from 'node:path'

import { pythonJson } from './request/python-text.ts'

type Details = Readonly<Record<string, unknown>>

const NAMES =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).'
const PATHS =
  'Names may be treated as files in certain cases, and must not resolve to other names when treated as such.'
const BAD_MODEL_CHARACTERS = `('/', ':', '.', '%', '"', "'")`

/** MLflow's words for a value that a store refused, by what the store says of it: `field`, `found`, `limit`, `reason`. */
export function argumentMessage(message: string, details: Details): string {
  const { field, found, limit, reason } = details
  if (typeof field !== 'string') return message
  const name = fieldOf(field)
  if (name === 'name' && details['tag'] !== undefined) {
    return (
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
      `(run_name='${text(details['name'])}', mlflow.runName='${text(details['tag'])}').`
    )
  }
  if (typeof limit === 'number') {
    const what = /^metrics\[\d+\]\.name$|^metric name$/.test(name) ? 'Metric name' : name.replace(/^tags key$/, 'key')
    return `'${what}' exceeds the maximum length of ${limit} characters`
  }
  if (name === 'pageToken') return `Invalid page token: ${message}`
  if (name === 'alias') return aliasMessage(text(found), reason) ?? message
  if (name.endsWith('timestamp') && typeof found === 'number') {
    return `Invalid value ${found} for parameter '${name}' supplied: Timestamp must be a nonnegative long (64-bit integer)`
  }
  if (name === 'name') return nameMessage(text(found), message)
  if (!/(^|\.)(key|name)$|^metric name$/.test(name) || typeof found !== 'string') return message
  const why = reason === 'characters' ? NAMES : `${PATHS} This name would resolve to '${posix.normalize(found)}'`
  if (reason !== 'characters' && reason !== 'path') return message
  return `Invalid value ${pythonJson(found)} for parameter '${name === 'metric name' ? 'name' : name}' supplied: ${why}`
}

/** MLflow's words for a filter or an order that a store refused; where and why are added to them. */
export function filterMessage(message: string, { reason, near, position }: Details): string {
  if (message.startsWith('Invalid ')) return message
  const where = typeof position === 'number' && !message.includes('position') ? ` (at position ${position + 1})` : ''
  if (reason === 'unknown-field' && typeof near === 'string') {
    const word = /^[^\s=<>!]+/.exec(near)?.[0] ?? ''
    const [entity, key] = /^(\w+)\.(.+)$/.exec(word)?.slice(1) ?? []
    const isAttribute = entity === undefined || /^(attributes?|attr|run)$/.test(entity)
    const what = isAttribute ? `Invalid attribute key '${key ?? word}' specified.` : `Invalid entity type '${entity}'.`
    return `${what} ${message}${where}`
  }
  return `Invalid clause(s) in filter string: ${message}${where}`
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A store's `metrics[0].at` is MLflow's `metrics[0].timestamp`. */
function fieldOf(field: string): string {
  return field
    .replace(/^(metrics\[\d+\])\.key$/, '$1.name')
    .replace(/^metrics\[(\d+)\]\.at$/, 'metrics[$1].timestamp')
    .replace(/^at$/, 'timestamp')
}

function aliasMessage(alias: string, reason: unknown): string | undefined {
  if (reason === 'characters') {
    return `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`
  }
  if (reason !== 'reserved') return undefined
  const isLatest = alias.toLowerCase() === 'latest'
  return isLatest ? "'latest' alias name (case insensitive) is reserved." : `Version alias name '${alias}' is reserved.`
}

function nameMessage(name: string, message: string): string {
  if (name === '') return message
  if (message.includes('%')) {
    return (
      `Invalid model name ('${name}') provided. Model name must be a non-empty string and cannot contain the following ` +
      `characters: ${BAD_MODEL_CHARACTERS}`
    )
  }
  return /[/:]/.test(name) ? `Invalid model name '${name}'. Names cannot contain '/' or ':'.` : message
}

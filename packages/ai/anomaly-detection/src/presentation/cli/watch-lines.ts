import { isoTime, streamRecordOf } from '../../application/streaming/stream-record.ts'
import type { StreamDrift, StreamResult } from '../../application/streaming/stream-result.ts'
import type { WatchFormat } from './watch-flags.ts'

/** Writes results as lines; the first line may have a heading before it. */
export function watchLines(
  format: WatchFormat,
  { isTimed, isKeyed }: { readonly isTimed: boolean; readonly isKeyed: boolean },
): { readonly heading: string; readonly lineOf: (result: StreamResult) => string } {
  if (format === 'jsonl') return { heading: '', lineOf: (result) => `${JSON.stringify(streamRecordOf(result))}\n` }
  if (format === 'csv') {
    return {
      heading: 'index,time,key,score,probability,anomaly,alarm,drift\n',
      lineOf: (result) => `${csvOf(result)}\n`,
    }
  }
  return { heading: tableHeading(isTimed, isKeyed), lineOf: (result) => tableLine(result, isTimed, isKeyed) }
}

function csvOf(result: StreamResult): string {
  const { index, key = '', score, probability = '', isAnomaly, alarm, drift } = result
  const cells = [index, isoTime(result.time) ?? '', key, score, probability, isAnomaly ? 1 : 0, alarm]
  return [...cells, drift === undefined ? '' : driftText(drift)].map((cell) => quoted(String(cell))).join(',')
}

const TIME_WIDTH = 24
const KEY_WIDTH = 16

function tableHeading(isTimed: boolean, isKeyed: boolean): string {
  const place = isTimed ? 'time'.padEnd(TIME_WIDTH) : 'index'.padStart(9)
  return `${place}  ${isKeyed ? `${'key'.padEnd(KEY_WIDTH)}  ` : ''}${'score'.padStart(10)}  ${'p'.padStart(7)}  what\n`
}

const MARKS = { quiet: '', start: '▲ alarm', ongoing: '│', end: '▽ over' } as const

function tableLine(result: StreamResult, isTimed: boolean, isKeyed: boolean): string {
  const { index, key = '', score, probability, alarm, drift, attribution } = result
  const place = isTimed ? (isoTime(result.time) ?? '').padEnd(TIME_WIDTH) : String(index).padStart(9)
  const shownKey = isKeyed ? `${plain(key).slice(0, KEY_WIDTH).padEnd(KEY_WIDTH)}  ` : ''
  const size = Math.abs(score)
  const shownScore = size !== 0 && (size >= 1e6 || size < 1e-3) ? score.toExponential(3) : score.toFixed(4)
  const share = (probability === undefined ? '' : probability.toFixed(4)).padStart(7)
  const most = [...(attribution ?? [])].sort((a, b) => b.high + b.low - (a.high + a.low))[0]
  const why = most === undefined ? '' : ` ${plain(most.feature)} too ${most.high >= most.low ? 'high' : 'low'}`
  const moved = drift === undefined ? '' : ` ⇒ ${driftText(drift)}`
  return `${`${place}  ${shownKey}${shownScore.padStart(10)}  ${share}  ${MARKS[alarm]}${why}${moved}`.trimEnd()}\n`
}

function driftText({ watched, features, since, action }: StreamDrift): string {
  const moved = features.map(({ feature, moved: what, from, to }) => {
    const [before, after] = what === 'mean' ? [from.mean, to.mean] : [from.sd, to.sd]
    return `${plain(feature)}${what === 'spread' ? ' sd' : ''} ${short(before)} to ${short(after)}`
  })
  const when = isoTime(since.time) ?? `sample ${since.index}`
  return `drift of ${plain(moved.join('; ') || watched.join(', '))} since ${when}${action === 'alert' ? '' : ` (${action})`}`
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}

// names come from the stream, and could steer a terminal
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

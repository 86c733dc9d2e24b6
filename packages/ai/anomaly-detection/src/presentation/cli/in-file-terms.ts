import { AnomalyDetectionError } from '../../domain/errors.ts'

const ADVICE: Readonly<Record<string, string>> = {
  'anomaly-detection/missing-value': 'there is no value; fill it, or give --missing drop or --missing median',
  'anomaly-detection/non-finite': 'this is infinite; a finite number is needed',
  'anomaly-detection/unknown-category': 'the model has never seen this text',
}

/** An error about a data set in the terms of the file it was read from: its name, its lines, and the command's flags. */
export function inFileTerms(error: unknown, file: string): unknown {
  if (!AnomalyDetectionError.is(error)) return error
  const { code, details } = error
  return new AnomalyDetectionError(code, `${file}: ${messageOf(error)}`, { ...details, path: file }, error)
}

function messageOf({ code, details, message }: AnomalyDetectionError): string {
  const { line, row, feature, column, ignored } = details
  const advice = ADVICE[code]
  const name = feature ?? column
  if (advice !== undefined && typeof row === 'number' && typeof name === 'string') {
    return `${typeof line === 'number' ? `line ${line}` : `row ${row + 1}`}, column "${name}": ${advice}`
  }
  if (code === 'anomaly-detection/no-numeric-column' && Array.isArray(ignored)) {
    const text = ignored.length === 0 ? 'there are none' : `those with text are ${ignored.join(', ')}`
    return `no column of numbers is left to work on; ${text}${ignored.length === 0 ? '' : ' (--encode onehot or ordinal uses them)'}`
  }
  // people count rows from 1
  if (code === 'anomaly-detection/row-out-of-range' && typeof row === 'number' && typeof details['last'] === 'number') {
    return details['isDropped'] === true
      ? `row ${row + 1} was left out, as it lacks a value (--missing median fills it)`
      : `there is no row ${row + 1}; rows are numbered from 1 to ${details['last'] + 1}`
  }
  if (code === 'anomaly-detection/background-too-small') return `${message} (--background FILE)`
  return message
}

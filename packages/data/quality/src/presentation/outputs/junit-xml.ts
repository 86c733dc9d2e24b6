import { subjectOf } from '../../domain/expectation-subject.ts'
import type { ExpectationResult, ValidationResult } from '../../domain/validation-result.ts'
import { examplesText, findingText, valueText } from './result-text.ts'

// What XML 1.0 has no way to write: control characters and lone surrogates.
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * A validation as JUnit XML, which build servers read: a test case an expectation. An unmet one is a failure of its severity,
 * one that could not be evaluated an error.
 */
export function junitXml(validation: ValidationResult): string {
  const { suite, source, startedAt, durationMs, results } = validation
  const errors = results.filter(({ exception }) => exception !== undefined).length
  const counts = `tests="${results.length}" failures="${validation.statistics.unsuccessful - errors}" errors="${errors}"`
  const time = `time="${(durationMs / 1000).toFixed(3)}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="nomaly check" ${counts} ${time}>`,
    `  <testsuite name="${escaped(suite)}" ${counts} skipped="0" ${time} timestamp="${new Date(startedAt).toISOString()}">`,
    `    <properties>`,
    `      <property name="source" value="${escaped(source)}"/>`,
    `      <property name="rows" value="${validation.rows}"/>`,
    `    </properties>`,
    ...results.map((result) => testCase(result, suite)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(result: ExpectationResult, suite: string): string {
  const { expectation, severity, success, exception } = result
  const subject = subjectOf(expectation)
  const name = subject === '' ? expectation.type : `${expectation.type}(${subject})`
  const open = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}"`
  if (success) return `${open}/>`
  const [tag, type] = exception === undefined ? ['failure', severity] : ['error', exception.code]
  const examples = examplesText(result)
  const body = [
    `arguments: ${valueText(expectation.kwargs)}`,
    ...(examples === '' ? [] : [`examples: ${examples}`]),
  ].join('\n')
  const message = findingText(result) || 'unmet'
  return `${open}><${tag} type="${escaped(type)}" message="${escaped(message)}">${escaped(body)}</${tag}></testcase>`
}

function escaped(text: string): string {
  return text.replaceAll(UNWRITABLE, '\uFFFD').replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)
}

import { type DetectorDescription, configureDetector, describeDetectors, rocAuc } from '@nomaly/ai-anomaly-detection'
import manifest from '@nomaly/ai-anomaly-detection/package.json' with { type: 'json' }
import { adbench, adbenchNames, hasReferenceData, standardized } from '@nomaly/tool-laws'
import type { LabelledSet } from '@nomaly/tool-laws'

import { writeReport } from '../benchmarks-page.ts'
import type { AccuracyCommand } from '../command-line.ts'
import { runNote } from '../run-note.ts'
import { accuracyReport } from './accuracy-report.ts'
import { type JudgedAuc, judgedAuc } from './judged-auc.ts'
import { Reference, type ReferenceAuc } from './reference.ts'

const seeds = [0, 1, 2, 3, 4]

/** Scores all sets with all detectors, prints the table and writes it. @returns whether all agree with the reference */
export function compareAccuracy(command: AccuracyCommand, args: ReadonlyArray<string>): boolean {
  if (!hasReferenceData) {
    throw new Error(
      'there are no reference data: put the ADBench sets and the reference figures into ../shared beside this repository, ' +
        'or name the folder that holds them in NOMALY_REFERENCE',
    )
  }
  const reference = new Reference()
  const { detectors, leftOut } = chosenDetectors(command, reference)
  const judged: JudgedAuc[] = []
  for (const name of adbenchNames().toSorted((a, b) => reference.rows(a) - reference.rows(b))) {
    if (reference.rows(name) > command.mostRows) {
      leftOut.push(`${name}: ${reference.rows(name)} rows, more than --max-rows`)
      continue
    }
    const set = standardized(adbench(name))
    for (const { id, random } of detectors) {
      console.error(`${name}: ${id}`)
      const known = reference.auc(name, id)
      const reason = reasonNotToCompare(known)
      if (reason) leftOut.push(`${id} on ${name}: ${reason}`)
      else if (known) judged.push(judgedAuc({ set: name, detector: id, random }, aucsOf(set, id, random), known))
    }
  }
  if (judged.length === 0) throw new Error(`nothing was compared:\n${leftOut.join('\n')}`)
  const report = `${runNote(args, { [manifest.name]: manifest.version, Node: process.versions.node })}\n\n${accuracyReport(judged, leftOut)}`
  console.log(report)
  if (command.write) writeReport('accuracy', report)
  return judged.every(({ agrees }) => agrees)
}

function chosenDetectors(
  command: AccuracyCommand,
  { detectors: inReference }: Reference,
): { readonly detectors: ReadonlyArray<DetectorDescription>; readonly leftOut: string[] } {
  const ours = describeDetectors()
  const wanted = command.detectors ?? inReference
  const leftOut = [...new Set([...wanted, ...(command.detectors ? [] : ours.map(({ id }) => id))])].flatMap((id) => {
    if (!inReference.includes(id)) return [`${id}: the reference has no figures for it`]
    return ours.some((detector) => detector.id === id) ? [] : [`${id}: the package has no such detector`]
  })
  return { detectors: ours.filter(({ id }) => wanted.includes(id) && inReference.includes(id)), leftOut }
}

function reasonNotToCompare(reference: ReferenceAuc | undefined): string | undefined {
  if (!reference) return 'the reference has no figure'
  return reference.nonFinite > 0 ? `PyOD's own scores are not finite for ${reference.nonFinite} rows` : undefined
}

function aucsOf(set: LabelledSet, id: string, random: boolean): ReadonlyArray<number> {
  const configured = configureDetector(id)
  return (random ? seeds : seeds.slice(0, 1)).map((seed) =>
    rocAuc(configured.fit(set, { seed }).trainingScores(), set.labels),
  )
}

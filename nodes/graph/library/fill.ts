import type { WorkflowDocument } from '../document.ts'
import { ownValue, type Parameter, type Values } from './parameter.ts'
import { put } from './put.ts'

/** The document with what was filled in, or its default, in every place that asks for it. */
export function fill(
  document: WorkflowDocument,
  parameters: readonly Parameter[],
  values: Values,
): WorkflowDocument {
  let filled = document
  for (const parameter of parameters) {
    const given = ownValue(values, parameter.key)
    const value = given === undefined || given === '' ? defaultOf(parameter) : given
    if (value === undefined) continue
    for (const target of parameter.targets) filled = put(filled, target, value)
  }
  return filled
}

const defaultOf = (parameter: Parameter) => (parameter.kind === 'connection' ? undefined : parameter.default)

/** The document as it is published: what installers fill in is blank, or its default. */
export function blank(document: WorkflowDocument, parameters: readonly Parameter[]): WorkflowDocument {
  let blanked = document
  for (const parameter of parameters)
    for (const target of parameter.targets) blanked = put(blanked, target, blankOf(parameter))
  return blanked
}

function blankOf(parameter: Parameter): string | number {
  switch (parameter.kind) {
    case 'connection':
      return ''
    case 'text':
      return parameter.default ?? ''
    case 'number':
      return parameter.default ?? 0
    case 'choice':
      return parameter.default ?? parameter.options[0]?.value ?? ''
    default:
      return parameter satisfies never
  }
}

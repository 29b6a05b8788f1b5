import { findInfo } from '#nodes/catalog-info.ts'
import { check } from '#nodes/graph/check.ts'
import type { Problem, WorkflowDocument } from '#nodes/graph/document.ts'
import { blank } from '#nodes/graph/library/fill.ts'
import type { Parameter, Target } from '#nodes/graph/library/parameter.ts'
import { valueAt } from '#nodes/graph/library/put.ts'
import { secretsIn } from '#nodes/graph/library/secrets.ts'
import { ownPlaces, strip } from '#nodes/graph/library/strip.ts'
import { parametersOf } from '#nodes/graph/library/suggest.ts'
import { uniqueKey } from '#nodes/graph/unique-key.ts'
import { AppError } from '#server/errors.ts'

/**
 * A drawing as it may leave its tenant: without connections and other things of its own, what installers fill in
 * blank, and a parameter for each connection it needs. Refuses what is broken or looks like it holds a secret.
 */
export function prepare(drawn: WorkflowDocument, chosen: readonly Parameter[]) {
  refuseFaults(drawn, chosen)
  const parameters = [...chosen, ...missing(drawn, chosen)]
  const document = blank(strip(drawn, findInfo), parameters)
  const left = [...parameters.flatMap(({ targets }) => targets), ...ownPlaces(drawn, findInfo)]
  const problems = check(document, findInfo).filter((problem) => !isAtOne(problem, left))
  if (problems.some(({ severity }) => severity === 'error'))
    throw new AppError('invalid', 'The draft has problems that must be solved before it is published', {
      problems,
    })
  const secrets = secretsIn(document)
  const [first] = secrets
  if (first)
    throw new AppError(
      'invalid',
      `What is written in ${first.node}, ${first.field} looks like a secret. Keep it in a connection, or let installers fill it in.`,
      {
        issues: secrets.map(({ node, field }) => ({
          path: `${node}.${field}`,
          message: 'Looks like a secret',
        })),
      },
    )
  return { document, parameters }
}

const isAt = (target: Target, other: Target) =>
  target.node === other.node && JSON.stringify(target.path) === JSON.stringify(other.path)

function refuseFaults(document: WorkflowDocument, parameters: readonly Parameter[]) {
  const issues: { path: string; message: string }[] = []
  const seen = new Set<string>()
  const taken: Target[] = []
  for (const [index, { key, kind, targets }] of parameters.entries()) {
    if (seen.has(key)) issues.push({ path: `parameters.${index}.key`, message: 'This key is there twice' })
    seen.add(key)
    for (const [place, target] of targets.entries()) {
      const path = `parameters.${index}.targets.${place}`
      const isConnection = kind === 'connection'
      if (!isConnection && valueAt(document, target) === undefined)
        issues.push({ path, message: 'The draft has no such field' })
      else if (isConnection && !document.nodes.some((node) => node.key === target.node))
        issues.push({ path, message: 'The draft has no such node' })
      else if (taken.some((other) => isAt(other, target)))
        issues.push({ path, message: 'Another parameter fills this in already' })
      taken.push(target)
    }
  }
  if (issues.length > 0)
    throw new AppError('invalid', `The parameters are not valid: ${issues[0]?.message ?? ''}`, { issues })
}

/** Parameters for the connections that nobody thought of. */
function missing(document: WorkflowDocument, chosen: readonly Parameter[]): Parameter[] {
  const covered = chosen.flatMap(({ targets }) => targets)
  const taken = chosen.map(({ key }) => key)
  return parametersOf(document, findInfo).flatMap((parameter) => {
    const targets = parameter.targets.filter((target) => !covered.some((one) => isAt(one, target)))
    if (targets.length === 0) return []
    const key = uniqueKey(parameter.key, taken)
    taken.push(key)
    return [{ ...parameter, key, targets }]
  })
}

/** What is missing there is what installers fill in, in the wizard or in the editor. */
const isAtOne = ({ node, field }: Problem, left: readonly Target[]) =>
  left.some(
    (target) => target.node === node && field !== undefined && target.path.join('.').startsWith(field),
  )

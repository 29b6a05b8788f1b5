import { setTimeout } from 'node:timers/promises'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { toolName } from '#nodes/graph/tools.ts'
import type { AnyStep } from '#nodes/kit/define-node.ts'
import { type Failure, fail, StepFailure } from '#nodes/kit/failure.ts'
import { isJsonObject, type Json, type JsonObject } from '#nodes/kit/json.ts'
import type { Tool, ToolResult } from '#nodes/kit/model.ts'
import { noRetry, retryDelay, retryPolicy } from '#nodes/kit/reliability.ts'
import { Suspended } from '#nodes/kit/suspended.ts'
import { stepHttp } from './connection-http.ts'
import { isFelt, retryAt } from './effects.ts'
import type { Borrower, Lending } from './lending.ts'
import { guardedTool } from './reliability/guarded-tool.ts'
import { runStep, type StepEnd } from './run-step.ts'
import { schemaOf } from './step-params.ts'
import { argsSchema, filledIn, isPinned, type ToolArg, toolArgs } from './tool-args.ts'

/** The nodes drawn to a node's `tools` port, ready to be called. */
export function lentTools(lending: Lending, borrower: Borrower): Tool[] {
  if (!borrower.definition.takesTools) return []
  return lending.prepared.graph.toolsOf(borrower.node.key).flatMap((node) => {
    const definition = lending.parts.find(node.type, node.version)
    return definition?.role === 'step' ? [toolOf(lending, { borrower, node, definition })] : []
  })
}

function toolOf(
  lending: Lending,
  about: { borrower: Borrower; node: DocumentNode; definition: AnyStep },
): Tool {
  const { borrower, node, definition } = about
  const { prefix, signal } = borrower
  const args = toolArgs(node, schemaOf(definition))
  const title = node.name ?? node.tool?.name ?? definition.title
  return {
    name: toolName(node),
    node: node.key,
    title,
    description: node.tool?.description ?? definition.summary,
    args: argsSchema(args),
    ...(node.tool?.approval ? { approval: node.tool.approval } : {}),
    felt: isFelt(definition.effect),
    pinned: isPinned(args, definition),
    async call({ name, args: given }) {
      const output = await lending.subSteps.do(
        { name: prefix + name, kind: 'tool', title, input: given, effect: definition.effect },
        {
          signal,
          work: async ({ idempotencyKey }) => {
            const own = { node, definition, prefix: `${prefix}${name}.`, idempotencyKey, signal }
            return { output: await useTool(lending, own, { args, given }) }
          },
        },
      )
      return resultOf(output)
    },
  }
}

type Recorded = { output: Json } | { failure: { code: string; message: string } }

/** What the agent gets, and what is kept: a failure too, as what the agent did next followed from it. */
async function useTool(
  lending: Lending,
  own: Borrower,
  { args, given }: { args: readonly ToolArg[]; given: JsonObject },
): Promise<Recorded> {
  let node: DocumentNode
  try {
    node = filledIn(own.node, args, given)
  } catch (error) {
    if (error instanceof StepFailure) return told(error.failure)
    throw error
  }
  const end = await untilItEnds(lending, { ...own, node }, given)
  switch (end.type) {
    case 'finished':
      return { output: end.output }
    case 'suspended':
      throw new Suspended()
    case 'waiting':
      return told({ code: 'tool_cannot_wait', message: 'A tool cannot pause the run.' })
    case 'failed':
      if (end.failure.code === 'outcome_unknown' || own.signal.aborted) throw new StepFailure(end.failure)
      return told(end.failure)
    default:
      return end satisfies never
  }
}

/** Its own retries happen here: to the agent it is one call. */
async function untilItEnds(lending: Lending, own: Borrower, given: JsonObject): Promise<StepEnd> {
  const { node, definition, signal } = own
  const policy = retryPolicy(definition.retry ?? noRetry, node.reliability)
  for (let attempt = 1; ; attempt++) {
    const end = await guardedTool(lending, own, () => attemptTool(lending, own, given))
    const delay = end.type === 'failed' ? retryDelay(policy, attempt, end.failure) : null
    if (delay === null || signal.aborted) return end
    const name = `${lending.place.held.run.runId}/${lending.place.step}/${own.prefix}${node.key}`
    const about = { policy, failure: end.type === 'failed' ? end.failure : undefined }
    const waitMs = retryAt({ sinceMs: 0, delayMs: delay, name: `${name}/${attempt}` }, about)
    await setTimeout(waitMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return end
  }
}

function attemptTool(lending: Lending, own: Borrower, given: JsonObject): Promise<StepEnd> {
  const { parts, prepared, place, scope, log } = lending
  const { node, definition, idempotencyKey, signal } = own
  const { tenantId } = place.held.run
  const kinds = definition.connection?.kinds ?? []
  return runStep({
    prepared,
    node,
    definition,
    scope,
    input: () => given,
    idempotencyKey: () => idempotencyKey,
    nowMs: Math.round(place.held.now()),
    signal,
    http: (either) => stepHttp(parts.door, { tenantId, connection: node.connection, kinds, signal: either }),
    means: (either) => lending.lend({ ...own, signal: either }),
    sandbox: parts.sandbox,
    log,
    respond: () => {
      throw fail('not_available', 'A tool cannot answer the caller of the run.')
    },
    report: parts.log,
  })
}

const told = ({ code, message }: Pick<Failure, 'code' | 'message'>): Recorded => ({
  failure: { code, message },
})

function resultOf(recorded: Json): ToolResult {
  if (!isJsonObject(recorded)) return { output: recorded }
  const { failure, output = null } = recorded
  if (!isJsonObject(failure)) return { output }
  return { failure: { code: String(failure.code), message: String(failure.message) } }
}

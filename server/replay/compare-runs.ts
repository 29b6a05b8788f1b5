import { AppError } from '#server/errors.ts'
import { eachPage } from '#server/runs/each-page.ts'
import { readRun } from '#server/runs/read.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { compare } from './compare.ts'
import { emptyTold, type Told, tell } from './told.ts'

/** Two runs of one workflow side by side: what is the same, what is not, and what only one of them did. */
export async function compareRuns(scope: TenantScope, about: { left: string; right: string }) {
  const [left, right] = [await headOf(scope, about.left), await headOf(scope, about.right)]
  if (left.workflow.id !== right.workflow.id)
    throw new AppError('invalid', 'These two runs are of different workflows', {
      issues: [{ path: 'right', message: 'This run is of another workflow' }],
    })
  const comparison = compare(await toldOf(scope, about.left), await toldOf(scope, about.right))
  return { left: left.run, right: right.run, workflow: left.workflow, nodes: left.nodes, ...comparison }
}

async function headOf(scope: TenantScope, id: string) {
  const { run, workflow, document } = await readRun(scope, { id })
  const { status, version, startedBy, createdAt, startedAt, finishedAt, failure } = run
  const { costUsd, inputTokens, outputTokens, replayOf, replayFrom } = run
  return {
    workflow,
    nodes: document.nodes.map(({ key, type, version, name }) => ({ key, type, version, name: name ?? null })),
    run: {
      ...{ id, status, version, startedBy, createdAt, startedAt, finishedAt, failure },
      ...{ costUsd, tokens: inputTokens + outputTokens, replayOf, replayFrom },
    },
  }
}

async function toldOf(scope: TenantScope, id: string): Promise<Told> {
  const told = emptyTold()
  for await (const page of eachPage(scope, { id })) for (const event of page) tell(told, event)
  return told
}

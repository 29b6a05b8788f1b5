import { findInfo } from '#nodes/catalog-info.ts'
import { check } from '#nodes/graph/check.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { noSuchRun } from '#server/runs/read.ts'
import { hasEnded, RunStatus } from '#server/runs/status.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { type ReplayProblem, replayProblem } from './problems.ts'

export type ReplayVersion = 'same' | 'newest'

/** What a run walked, and what a replay of it would walk. `version` is null for a draft. */
export interface ReplayTarget {
  workflowId: string
  before: WorkflowDocument
  version: number | null
  document: WorkflowDocument
  /** What can be chosen from: the run's own version, and the newest where that is another one. */
  choices: { same: number | null; newest: { version: number | null } | null }
  problems: ReplayProblem[]
}

/** The newest of a version is the one that is published; of a draft, the draft as it is now. */
export async function loadTarget(
  scope: TenantScope,
  { id, version }: { id: string; version: ReplayVersion },
): Promise<ReplayTarget> {
  const tenantId = scope.tenant.id
  const { run, workflow, own, published } = await scope.inTenant(async (db) => {
    const run = await db.run.findUnique({
      where: { tenantId_id: { tenantId, id } },
      select: { status: true, workflowId: true, version: true, document: true, workflow: true },
    })
    if (!run) throw noSuchRun()
    const { workflow, workflowId } = run
    const documentOf = async (number: number | null) => {
      if (number === null) return null
      const key = { tenantId, workflowId, number }
      const found = await db.workflowVersion.findUniqueOrThrow({
        where: { tenantId_workflowId_number: key },
        select: { document: true },
      })
      return found.document
    }
    const own = run.version === null ? run.document : await documentOf(run.version)
    const wanted = version === 'newest' && run.version !== null && run.version !== workflow.publishedVersion
    return { run, workflow, own, published: wanted ? await documentOf(workflow.publishedVersion) : null }
  })
  const before = WorkflowDocument.parse(own)
  const ended = hasEnded(RunStatus.parse(run.status)) ? [] : [replayProblem('run_not_ended')]
  const isDraft = run.version === null
  const draft = isDraft ? WorkflowDocument.parse(workflow.draft) : null
  const differs = draft
    ? JSON.stringify(draft) !== JSON.stringify(before)
    : workflow.publishedVersion !== null && workflow.publishedVersion !== run.version
  const newest = differs ? { version: isDraft ? null : workflow.publishedVersion } : null
  const shared = { workflowId: run.workflowId, before, choices: { same: run.version, newest } }
  if (version === 'same') return { ...shared, version: run.version, document: before, problems: ended }
  if (draft) {
    const bad = check(draft, findInfo).some(({ severity }) => severity === 'error')
    const problems = bad ? [...ended, replayProblem('draft_has_problems')] : ended
    return { ...shared, version: null, document: draft, problems }
  }
  if (workflow.publishedVersion === null)
    return {
      ...shared,
      ...{ version: run.version, document: before, problems: [...ended, replayProblem('not_published')] },
    }
  const document = published ? WorkflowDocument.parse(published) : before
  return { ...shared, version: workflow.publishedVersion, document, problems: ended }
}

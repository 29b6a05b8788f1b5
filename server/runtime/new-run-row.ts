import { encodeJson, encodeJsonText } from '#server/db/json.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { type Chunk, chunksOf } from './event-chunks.ts'
import { encodeEvent } from './event-json.ts'
import { jsonRow } from './json-rows.ts'
import type { NewRun, RunRef } from './new-run.ts'

/** What a run starts with, as the columns of a `json_to_recordset`. */
export const NEW_RUN_SHAPE = `tenant_id text, id uuid, workflow_id uuid, version int, document json, trigger_key text,
    started_by text, input json, dedupe_key text, dedupe_hash text, actor text, parent_run_id uuid, parent_task_id uuid, depth int,
    deadline_at timestamptz, ordering_key text, replay_of uuid, replay_from text`

/** The columns of `run` that take it in. */
export const NEW_RUN_COLUMNS = `tenant_id, id, workflow_id, version, document, trigger_key, started_by, input, dedupe_key,
    dedupe_hash, actor, parent_run_id, parent_task_id, depth, deadline_at, ordering_key, replay_of, replay_from`

/** The same as selected from `g`: JSON's null is a value that a column may hold. */
export const NEW_RUN_VALUES = `g.tenant_id, g.id, g.workflow_id, g.version, g.document, g.trigger_key, g.started_by,
    coalesce(g.input, 'null'), g.dedupe_key,
    decode(g.dedupe_hash, 'hex'), g.actor, g.parent_run_id, g.parent_task_id, g.depth, g.deadline_at, g.ordering_key,
    g.replay_of, g.replay_from`

/** One run's row; `more` are columns of the caller's own. */
export function newRunRow(
  run: NewRun,
  about: { id: string; more?: Parameters<typeof jsonRow>[0]; texts?: Parameters<typeof jsonRow>[1] },
): string {
  const { parent, replay, document } = run
  return jsonRow(
    {
      tenant_id: run.tenantId,
      id: about.id,
      workflow_id: run.workflowId,
      version: run.version,
      trigger_key: run.triggerKey,
      started_by: run.startedBy,
      dedupe_key: run.dedupeKey ?? null,
      dedupe_hash: run.dedupeHash ?? null,
      actor: run.actor ?? null,
      parent_run_id: parent?.runId ?? null,
      parent_task_id: parent?.task ?? null,
      depth: parent?.depth ?? 0,
      deadline_at: (run.deadlineAt ?? parent?.deadlineAt)?.toISOString() ?? null,
      ordering_key: run.orderingKey ?? null,
      replay_of: replay?.of ?? null,
      replay_from: replay?.from ?? null,
      ...about.more,
    },
    {
      document: document ? encodeJsonText(JSON.stringify(document)) : null,
      input: encodeJson(run.input),
      ...about.texts,
    },
  )
}

/** What its history begins with: how it was started, and what a replay takes over. */
export function firstEvents({ triggerKey, input, replay }: NewRun): RunEvent[] {
  return [{ type: 'run.started', trigger: triggerKey, output: input }, ...(replay?.events ?? [])]
}

/** Those as rows of `run_event`, written when the run is. */
export const firstChunks = (run: NewRun): Chunk[] =>
  chunksOf(
    firstEvents(run).map((event) => ({ at: null, text: encodeEvent(event) })),
    1,
  )

/** Rows of `run_event` as a parameter, and its shape. */
export const CHUNK_SHAPE = 'tenant_id text, run_id uuid, seq int, data json'
export const chunkRow = ({ tenantId, runId }: RunRef, { seq, data }: Chunk): string =>
  jsonRow({ tenant_id: tenantId, run_id: runId, seq }, { data })

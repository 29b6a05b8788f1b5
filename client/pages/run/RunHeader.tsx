import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ChevronLeft, GitCompare, PenLine, RotateCcw, Square } from 'lucide-react'
import { useMemo } from 'react'
import { Link, useNavigate } from 'react-router'
import type { RunRecord } from '#client/canvas/run-record.ts'
import { spentIn } from '#client/canvas/sub-steps.ts'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useCan, useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button, buttonClass } from '#client/ui/Button.tsx'
import { Duration } from '#client/ui/Duration.tsx'
import { type Status, StatusBadge } from '#client/ui/StatusBadge.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import { SpentText } from '../editor/SpentText.tsx'
import { RelatedRuns } from './RelatedRuns.tsx'
import type { ShownRunDetails } from './run-details.ts'

export interface RunHeaderProps {
  details: ShownRunDetails
  record: RunRecord | null
}

/** Whose run it is, how it stands, and what can be done about it. */
export function RunHeader({ details, record }: RunHeaderProps) {
  const t = useT('editor')
  const { slug } = useTenant()
  const { run, workflow } = details
  const status = statusOf(details, record)
  const startedAt = record?.startedAt ?? run.startedAt
  const spent = useMemo(() => spentIn(subStepsOf(record)), [record])
  const endedAt = record?.endedAt ?? run.finishedAt
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-line border-b bg-surface py-1.5 pr-3 pl-1.5">
      <div className="flex min-w-0 items-center gap-1">
        <Link
          to={paths.runs(slug)}
          aria-label={t('runPage.back')}
          className="flex size-8 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-4.5" />
        </Link>
        <h1 className="min-w-0 truncate font-semibold text-base">{workflow.name}</h1>
      </div>
      <StatusBadge status={status} />
      <span className="flex items-center flex-wrap gap-x-3 gap-y-1 text-muted text-sm tabular-nums phone:pl-2">
        {startedAt && <Duration from={startedAt} to={endedAt} />}
        <TimeAgo at={run.createdAt} />
        <span>{t(`startedBy.${run.startedBy}`)}</span>
        <span>{run.version === null ? t('bottom.draft') : t('bottom.version', { number: run.version })}</span>
        {spent && <SpentText spent={spent} />}
        <RelatedRuns
          id={run.id}
          startedBy={run.startedBy}
          ended={endedAt !== null && endedAt !== undefined}
        />
      </span>
      <Actions details={details} open={status === 'queued' || status === 'running' || status === 'waiting'} />
    </header>
  )
}

const subStepsOf = (record: RunRecord | null) =>
  [...(record?.visits.values() ?? [])].flatMap(({ subSteps }) => [...subSteps.values()])

/** The events know best once they are here; before, the row does. */
function statusOf({ run }: ShownRunDetails, record: RunRecord | null): Status {
  if (!record || record.status === 'queued') return run.status
  if (record.status !== 'running') return record.status
  const visits = [...record.visits.values()]
  const waits = visits.some((visit) => visit.status === 'waiting')
  return waits && !visits.some((visit) => visit.status === 'running' && !visit.elements)
    ? 'waiting'
    : 'running'
}

function Actions({ details, open }: { details: ShownRunDetails; open: boolean }) {
  const t = useT('editor')
  const replay = useT('replay')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const onError = useTroubleToast()
  const { slug } = useTenant()
  const canEdit = useCan('edit')
  const { id } = details.run
  const refresh = () => queries.invalidateQueries(trpc.runs.pathFilter())
  const cancel = useMutation(trpc.runs.cancel.mutationOptions({ onError, onSettled: refresh }))
  const again = useMutation(
    trpc.runs.again.mutationOptions({
      onError,
      onSuccess: ({ runId }) => void navigate(paths.run(slug, runId)),
    }),
  )
  return (
    <div className="ml-auto flex flex-wrap items-center gap-2 phone:ml-2">
      {canEdit && open && (
        <Button icon={<Square aria-hidden />} busy={cancel.isPending} onClick={() => cancel.mutate({ id })}>
          {t('runPage.cancel')}
        </Button>
      )}
      {canEdit && !open && (
        <Button icon={<RotateCcw aria-hidden />} busy={again.isPending} onClick={() => again.mutate({ id })}>
          {t('runPage.again')}
        </Button>
      )}
      {!open && (
        <Link
          to={
            details.run.replayOf
              ? paths.compareRuns(slug, details.run.replayOf, id)
              : paths.compareRuns(slug, id)
          }
          className={buttonClass()}
        >
          <GitCompare aria-hidden />
          {replay('links.compare')}
        </Link>
      )}
      <Link to={paths.workflow(slug, details.workflow.id)} className={buttonClass()}>
        <PenLine aria-hidden />
        {t('runPage.edit')}
      </Link>
    </div>
  )
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTroubleToast } from '#client/lib/errors.ts'
import type { Outputs } from '#client/lib/router-types.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'

type Job = Outputs['bulk']['list'][number]

const pollMs = 1_000
/** A job that ended stays in sight for a while. */
const shownMs = 5 * 60_000

/** How far the jobs over many runs are. */
export function BulkProgress() {
  const trpc = useTRPC()
  const [hidden, setHidden] = useState<readonly string[]>([])
  const { data = [] } = useQuery(
    trpc.bulk.list.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data?.some(({ status }) => status === 'running') ? pollMs : false,
    }),
  )
  const recent = data.filter(
    ({ id, finishedAt }) =>
      !hidden.includes(id) && (!finishedAt || Date.now() - Date.parse(finishedAt) < shownMs),
  )
  if (recent.length === 0) return null
  return (
    <ul aria-live="polite" className="flex shrink-0 flex-col gap-1 px-6 py-2 phone:px-4">
      {recent.map((job) => (
        <JobLine key={job.id} job={job} onHide={() => setHidden([...hidden, job.id])} />
      ))}
    </ul>
  )
}

function JobLine({ job, onHide }: { job: Job; onHide: () => void }) {
  const t = useT('monitoring')
  const ui = useT('ui')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const stop = useMutation(
    trpc.bulk.cancel.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.bulk.list.pathFilter()),
      onError: useTroubleToast(),
    }),
  )
  const { kind, status, done, refused, total } = job
  const through = done + refused
  return (
    <li className="flex items-center gap-3 rounded-sm border border-line bg-surface px-3 py-1.5 text-sm">
      <span className="tabular-nums">
        {status === 'running'
          ? t(`runs.bulk.running.${kind}`, { done: through, total })
          : t(`runs.bulk.done.${kind}`, { count: done })}
        {refused > 0 && <span className="text-muted">, {t('runs.bulk.refused', { count: refused })}</span>}
      </span>
      <span aria-hidden className="h-1 min-w-16 grow rounded-full bg-sunken">
        <span
          className="block h-1 rounded-full bg-accent transition-[width] duration-200"
          style={{ width: `${total === 0 ? 100 : (through / total) * 100}%` }}
        />
      </span>
      {status === 'running' ? (
        <Button size="sm" variant="quiet" busy={stop.isPending} onClick={() => stop.mutate({ id: job.id })}>
          {t('runs.bulk.stop')}
        </Button>
      ) : (
        <IconButton size="sm" label={ui('close')} onClick={onHide}>
          <X aria-hidden />
        </IconButton>
      )}
    </li>
  )
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Pause, Play } from 'lucide-react'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { confirm } from '#client/ui/confirm.ts'
import { Tag } from '#client/ui/Tag.tsx'
import { Page } from '../frame/Page.tsx'
import { Trouble } from '../frame/Trouble.tsx'
import { LineByTenant } from './LineByTenant.tsx'
import { Processes } from './Processes.tsx'

/** Who works, who stands in line, and the way to make everything wait. */
export default function AdminWork() {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const queue = useQuery(trpc.admin.queue.queryOptions(undefined, { refetchInterval: 3_000 }))
  const processes = useQuery(trpc.admin.processes.queryOptions(undefined, { refetchInterval: 5_000 }))
  const error = queue.error ?? processes.error
  return (
    <Page
      title={t('admin.work.title')}
      aside={
        queue.data && (
          <Tag tone={queue.data.paused ? 'warn' : 'good'}>
            {t(queue.data.paused ? 'admin.work.stopped' : 'admin.work.going')}
          </Tag>
        )
      }
      actions={queue.data && <PauseAll paused={queue.data.paused} />}
      className="overflow-y-auto"
    >
      {error && !queue.data ? (
        <Trouble error={error} onRetry={() => void queue.refetch()} />
      ) : (
        <div className="mx-auto flex max-w-320 flex-col gap-3 px-6 pb-8 phone:px-4">
          <LineByTenant rows={queue.data?.depthByTenant} />
          <Processes rows={processes.data} />
        </div>
      )}
    </Page>
  )
}

function PauseAll({ paused }: { paused: boolean }) {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const renew = {
    onSuccess: () => queryClient.invalidateQueries(trpc.admin.queue.pathFilter()),
    onError: useTroubleToast(),
  }
  const pause = useMutation(trpc.admin.pauseQueue.mutationOptions(renew))
  const resume = useMutation(trpc.admin.resumeQueue.mutationOptions(renew))
  const ask = async () => {
    const question = {
      title: t('admin.work.pauseTitle'),
      body: t('admin.work.pauseBody'),
      action: t('admin.work.pause'),
    }
    if (await confirm(question)) pause.mutate({})
  }
  if (paused)
    return (
      <Button
        variant="primary"
        icon={<Play aria-hidden />}
        busy={resume.isPending}
        onClick={() => resume.mutate({})}
      >
        {t('admin.work.resume')}
      </Button>
    )
  return (
    <Button icon={<Pause aria-hidden />} busy={pause.isPending} onClick={() => void ask()}>
      {t('admin.work.pause')}
    </Button>
  )
}

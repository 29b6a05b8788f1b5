import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CirclePause, CirclePlay } from 'lucide-react'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { MenuItem } from '#client/ui/Menu.tsx'
import { toast } from '#client/ui/toasts.ts'

/** In a workflow's menu: holds its runs back in line, or lets them go on. */
export function PauseItem({ workflow }: { workflow: { id: string; pausedAt: string | null } }) {
  const t = useT('editor')
  const { pause, resume } = usePausing()
  return workflow.pausedAt === null ? (
    <MenuItem icon={<CirclePause />} onSelect={() => pause(workflow)}>
      {t('pause.pause')}
    </MenuItem>
  ) : (
    <MenuItem icon={<CirclePlay />} onSelect={() => resume(workflow)}>
      {t('pause.resume')}
    </MenuItem>
  )
}

function usePausing() {
  const t = useT('editor')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const onError = useTroubleToast()
  const said = (title: string) => async () => {
    await queries.invalidateQueries(trpc.workflows.pathFilter())
    toast({ tone: 'good', title })
  }
  const pause = useMutation(
    trpc.workflows.pause.mutationOptions({ onSuccess: said(t('pause.paused')), onError }),
  )
  const resume = useMutation(
    trpc.workflows.resume.mutationOptions({ onSuccess: said(t('pause.resumed')), onError }),
  )
  return {
    pause: ({ id }: { id: string }) => pause.mutate({ id }),
    resume: ({ id }: { id: string }) => resume.mutate({ id }),
  }
}

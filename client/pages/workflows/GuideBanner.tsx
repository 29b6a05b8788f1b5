import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTenant } from '#client/lib/session.ts'
import { remember, remembered } from '#client/lib/storage.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { CloseIcon } from '#client/ui/icons.tsx'
import { paths } from '../../paths.ts'

/** Invites a newcomer to the five-step tour, until it is started or dismissed. */
export function GuideBanner() {
  const t = useT('pages')
  const trpc = useTRPC()
  const { slug } = useTenant()
  const navigate = useNavigate()
  const onError = useTroubleToast()
  const [shown, setShown] = useState(() => remembered('guide') === null)
  const hide = () => {
    remember('guide', 'seen')
    setShown(false)
  }
  const create = useMutation(
    trpc.workflows.create.mutationOptions({
      onSuccess: async ({ id }) => {
        hide()
        await navigate(paths.guide(slug, id))
      },
      onError,
    }),
  )
  if (!shown) return null
  return (
    <section
      aria-label={t('workflows.guide.title')}
      className="mx-6 mb-4 flex shrink-0 items-center gap-5 rounded-md border border-line bg-paper py-3 pr-2 pl-4 phone:mx-4 phone:items-start"
    >
      <FiveSteps />
      <div className="flex min-w-0 grow items-center gap-4 phone:flex-col phone:items-start phone:gap-2">
        <div className="min-w-0 grow">
          <h2 className="text-balance font-semibold">{t('workflows.guide.title')}</h2>
          <p className="text-pretty text-muted text-sm">{t('workflows.guide.body')}</p>
        </div>
        <Button
          busy={create.isPending}
          onClick={() => create.mutate({ name: t('workflows.guide.workflowName') })}
        >
          {t('workflows.guide.start')}
        </Button>
      </div>
      <IconButton size="sm" label={t('workflows.guide.dismiss')} onClick={hide}>
        <CloseIcon aria-hidden />
      </IconButton>
    </section>
  )
}

/** Five knots on one thread. */
function FiveSteps() {
  return (
    <svg
      viewBox="0 0 96 36"
      aria-hidden
      fill="none"
      strokeWidth="2"
      className="h-9 w-24 shrink-0 phone:hidden"
    >
      <path className="stroke-line" d="M8 2v32M28 2v32M48 2v32M68 2v32M88 2v32" />
      <path
        className="stroke-accent-line"
        d="M8 12h14a6 6 0 0 1 6 6v0a6 6 0 0 0 6 6h28a6 6 0 0 0 6-6v0a6 6 0 0 1 6-6h14"
      />
      <circle className="fill-accent stroke-paper" cx="8" cy="12" r="5" />
      <g className="fill-paper stroke-accent">
        <circle cx="28" cy="18" r="4" />
        <circle cx="48" cy="24" r="4" />
        <circle cx="68" cy="18" r="4" />
        <circle cx="88" cy="12" r="4" />
      </g>
    </svg>
  )
}

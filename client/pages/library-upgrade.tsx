import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { troubleOf } from '#client/lib/errors.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { buttonClass } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import type { Values } from '#nodes/graph/library/parameter.ts'
import { paths } from '../paths.ts'
import { Trouble } from './frame/Trouble.tsx'
import { UpgradeBody } from './library/UpgradeBody.tsx'
import { useTitle } from './library/use-title.ts'

/** A newer version of what a workflow was installed from, merged into what was made of it. */
export default function LibraryUpgrade() {
  const t = useT('library')
  const { id = '' } = useParams()
  const { slug } = useTenant()
  const trpc = useTRPC()
  const [values, setValues] = useState<Values>({})
  const workflow = useQuery(trpc.workflows.get.queryOptions({ id }))
  const given = Object.keys(values).length > 0 ? { values } : {}
  const preview = useQuery(
    trpc.library.upgradePreview.queryOptions(
      { workflowId: id, ...given },
      { placeholderData: keepPreviousData, refetchOnWindowFocus: false },
    ),
  )
  const title = workflow.data && t('update.title', { name: workflow.data.name })
  useTitle(title)
  if (preview.error && !preview.data) {
    if (troubleOf(preview.error).code === 'conflict')
      return (
        <EmptyState
          heading="h1"
          drawing="workflows"
          title={t('update.upToDate')}
          className="m-auto"
          action={
            <Link to={paths.workflow(slug, id)} className={buttonClass({ variant: 'primary' })}>
              {t('update.toWorkflow')}
            </Link>
          }
        >
          {t('update.upToDateBody')}
        </EmptyState>
      )
    return <Trouble error={preview.error} onRetry={() => void preview.refetch()} />
  }
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="mx-auto max-w-320 px-6 pt-3 pb-10 phone:px-4">
        <Link
          to={paths.workflow(slug, id)}
          className="-ml-1.5 inline-flex h-8 items-center gap-1 rounded-sm px-1.5 text-muted text-sm hover:bg-hover hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-4" />
          {workflow.data?.name ?? '…'}
        </Link>
        {preview.data && title ? (
          <>
            <h1 className="pt-1 font-semibold text-xl">{title}</h1>
            <p className="max-w-prose pt-1 pb-4 text-muted">
              {t('update.lead', { from: String(preview.data.from), to: String(preview.data.to) })}
            </p>
            <UpgradeBody workflowId={id} upgrade={preview.data} values={values} onValues={setValues} />
          </>
        ) : (
          <div className="grid grid-cols-2 gap-8 pt-6 max-[68rem]:grid-cols-1">
            <Skeleton className="h-64 w-full rounded-md" />
            <Skeleton className="h-96 w-full rounded-md" />
          </div>
        )}
      </div>
    </div>
  )
}

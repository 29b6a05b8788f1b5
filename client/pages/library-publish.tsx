import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { Link, useParams } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { paths } from '../paths.ts'
import { Trouble } from './frame/Trouble.tsx'
import { PublishForm } from './library/PublishForm.tsx'
import { useTitle } from './library/use-title.ts'

/** Makes a workflow's draft the next version of a library item. */
export default function LibraryPublish() {
  const t = useT('library')
  const { id = '' } = useParams()
  const { slug } = useTenant()
  const trpc = useTRPC()
  const fresh = { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false } as const
  const workflow = useQuery(trpc.workflows.get.queryOptions({ id }, fresh))
  const suggestion = useQuery(trpc.library.suggest.queryOptions({ workflowId: id }, fresh))
  const title = workflow.data && t('publish.title', { name: workflow.data.name })
  useTitle(title)
  const error = workflow.error ?? suggestion.error
  if (error) {
    const retry = () => void Promise.all([workflow.refetch(), suggestion.refetch()])
    return <Trouble error={error} onRetry={retry} />
  }
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="mx-auto max-w-240 px-6 pt-3 phone:px-4">
        <Link
          to={paths.workflow(slug, id)}
          className="-ml-1.5 inline-flex h-8 items-center gap-1 rounded-sm px-1.5 text-muted text-sm hover:bg-hover hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-4" />
          {workflow.data?.name ?? '…'}
        </Link>
        {title && workflow.data && suggestion.data ? (
          <>
            <h1 className="pt-1 font-semibold text-xl">{title}</h1>
            <p className="max-w-prose pt-1 pb-5 text-muted">{t('publish.lead')}</p>
            <PublishForm workflowId={id} draft={workflow.data.draft} suggestion={suggestion.data} />
          </>
        ) : (
          <div className="flex flex-col gap-6 py-6">
            <Skeleton className="h-8 w-72" />
            <Skeleton className="h-48 w-full rounded-md" />
            <Skeleton className="h-32 w-full rounded-md" />
          </div>
        )}
      </div>
    </div>
  )
}

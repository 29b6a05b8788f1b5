import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { useTroubleWords } from '#client/lib/errors.ts'
import type { Inputs } from '#client/lib/router-types.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'
import type { Parameter } from '#nodes/graph/library/parameter.ts'
import { paths } from '../../paths.ts'
import { refOf } from './ref.ts'

export type Publishing = Omit<Inputs['library']['publish'], 'parameters'> & { parameters: Parameter[] }

/** Publishes and goes to the item. */
export function usePublish() {
  const t = useT('library')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { id: publisherId, slug } = useTenant()
  const words = useTroubleWords()
  const publish = useMutation(
    trpc.library.publish.mutationOptions({
      onSuccess: async ({ itemId, version, review, added }) => {
        await queries.invalidateQueries(trpc.library.pathFilter())
        const values = { version: String(version) }
        const title = !added
          ? t('publish.same', values)
          : review === 'pending'
            ? t('publish.donePending', values)
            : t('publish.done', values)
        toast({ tone: added ? 'good' : 'plain', title })
        await navigate(paths.libraryItem(slug, refOf({ publisherId, itemId })))
      },
    }),
  )
  const trouble = publish.error ? words(publish.error) : null
  return {
    busy: publish.isPending,
    trouble,
    /** Why a field was refused. */
    refused: (path: string) => trouble?.issues.find((issue) => issue.path.startsWith(path))?.message,
    submit: (about: Publishing) => publish.mutate(about),
  }
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { toast } from '#client/ui/toasts.ts'
import { changesBetween } from '#nodes/graph/merge/changes.ts'
import { Trouble } from '../frame/Trouble.tsx'
import { Abilities } from '../library/Abilities.tsx'
import { ChangeList } from '../library/ChangeList.tsx'
import { Part } from '../library/ItemBody.tsx'
import { Preview } from '../library/Preview.tsx'
import { Readme } from '../library/Readme.tsx'
import { useNames } from '../library/use-names.ts'
import type { ReviewedVersion, ReviewRow } from './row.ts'

/** One version to decide on: what it can do now that it could not, all of it, its drawing and its words. */
export function Review({ row }: { row: ReviewRow }) {
  const trpc = useTRPC()
  const { publisher, itemId, version } = row
  const found = useQuery(
    trpc.admin.reviewed.queryOptions({ publisherId: publisher.id, itemId, version }, { staleTime: 60_000 }),
  )
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data)
    return (
      <div className="flex flex-col gap-4 p-6">
        <Skeleton className="h-8 w-64" />
        <Skeleton className="h-80 w-full rounded-md" />
      </div>
    )
  return <Loaded row={row} reviewed={found.data} />
}

function Loaded({ row, reviewed }: { row: ReviewRow; reviewed: ReviewedVersion }) {
  const t = useT('library')
  const { before, document } = reviewed
  const documents = useMemo(() => [document, ...(before ? [before.document] : [])], [document, before])
  const changes = useMemo(() => (before ? changesBetween(before.document, document) : []), [before, document])
  const names = useNames(documents)
  return (
    <div className="flex max-w-240 flex-col gap-7 px-6 pt-1 pb-8 phone:px-4">
      <header>
        <h2 className="font-semibold text-lg">{reviewed.name}</h2>
        <p className="text-muted text-sm">
          {t('by', { publisher: row.publisher.name })} · {t('version', { version: String(row.version) })}
        </p>
        <p className="mt-2 max-w-prose">{reviewed.summary}</p>
        {reviewed.changes && (
          <p className="mt-2 max-w-prose whitespace-pre-line text-muted">{reviewed.changes}</p>
        )}
      </header>
      <div className="grid grid-cols-2 gap-x-8 gap-y-7 phone:grid-cols-1">
        {before && (
          <Part title={t('reviews.added', { version: String(before.version) })}>
            <Abilities can={reviewed.added} none={t('can.nothingNew')} />
          </Part>
        )}
        <Part title={t('reviews.all')}>
          <Abilities can={reviewed.capabilities} />
        </Part>
      </div>
      <Part title={t('item.preview')}>
        <Preview document={document} />
      </Part>
      {changes.length > 0 && (
        <Part title={t('reviews.before')}>
          <ChangeList changes={changes} names={names} />
        </Part>
      )}
      {reviewed.readme && (
        <Part title={t('item.about')}>
          <Readme text={reviewed.readme} />
        </Part>
      )}
      <Decide row={row} />
    </div>
  )
}

function Decide({ row }: { row: ReviewRow }) {
  const t = useT('library')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const words = useTroubleWords()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const review = useMutation(
    trpc.admin.review.mutationOptions({
      onSuccess: async (_, { approve }) => {
        toast({
          tone: 'good',
          title: t(approve ? 'reviews.approved' : 'reviews.rejected', { name: row.name }),
        })
        await queries.invalidateQueries(trpc.admin.reviews.pathFilter())
        await queries.invalidateQueries(trpc.library.pathFilter())
      },
    }),
  )
  const decide = (approve: boolean) => {
    setTried(!approve)
    if (!approve && !note.trim()) return
    const { publisher, itemId, version } = row
    review.mutate({ publisherId: publisher.id, itemId, version, approve, note: note.trim() })
  }
  return (
    <div className="flex flex-col gap-4 border-line border-t pt-5">
      {review.error && <FormError>{words(review.error).body}</FormError>}
      <Field
        label={t('reviews.note')}
        help={t('reviews.noteHelp')}
        error={tried && !note.trim() && t('reviews.noteNeeded')}
      >
        <TextArea rows={2} maxLength={2_000} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <div className="flex flex-wrap justify-end gap-2 phone:*:grow">
        <Button busy={review.isPending} onClick={() => decide(false)}>
          {t('reviews.reject')}
        </Button>
        <Button variant="primary" busy={review.isPending} onClick={() => decide(true)}>
          {t('reviews.approve')}
        </Button>
      </div>
    </div>
  )
}

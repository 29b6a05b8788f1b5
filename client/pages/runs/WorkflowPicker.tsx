import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Check, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { controlClass } from '#client/ui/control-class.ts'
import { ChevronIcon } from '#client/ui/icons.tsx'
import { Popover } from '#client/ui/Popover.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'

interface WorkflowPickerProps {
  workflowId: string
  onPick: (id: string) => void
}

/** One workflow of thousands: the server searches. */
export function WorkflowPicker({ workflowId, onPick }: WorkflowPickerProps) {
  const t = useT('pages')
  const trpc = useTRPC()
  const [open, setOpen] = useState(false)
  const chosen = useQuery(
    trpc.workflows.get.queryOptions({ id: workflowId }, { enabled: workflowId !== '', staleTime: 60_000 }),
  )
  const name = workflowId ? (chosen.data?.name ?? '…') : t('runs.filters.anyWorkflow')
  const pick = (id: string) => {
    onPick(id)
    setOpen(false)
  }
  return (
    <Popover
      label={t('runs.filters.workflow')}
      open={open}
      onOpenChange={setOpen}
      className="w-72 p-1"
      trigger={
        <button
          type="button"
          aria-label={`${t('runs.filters.workflow')}: ${name}`}
          className={clsx(controlClass('h-8'), 'flex w-48! shrink-0 items-center gap-2 phone:w-28!')}
        >
          <span className="min-w-0 grow truncate text-left">{name}</span>
          <ChevronIcon aria-hidden className="-mr-0.5 size-4 shrink-0 text-faint" />
        </button>
      }
    >
      <Options workflowId={workflowId} onPick={pick} />
    </Popover>
  )
}

const row =
  'flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-hover focus-visible:bg-hover'

function Options({ workflowId, onPick }: WorkflowPickerProps) {
  const t = useT('pages')
  const trpc = useTRPC()
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search.trim())
  const found = useQuery(
    trpc.workflows.list.queryOptions(wanted ? { search: wanted } : {}, { placeholderData: keepPreviousData }),
  )
  const options = [{ id: '', name: t('runs.filters.anyWorkflow') }, ...(found.data?.items ?? [])]
  return (
    <>
      <div className="p-1">
        <TextInput
          type="search"
          icon={<Search />}
          aria-label={t('runs.filters.findWorkflow')}
          placeholder={t('runs.filters.findWorkflow')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <ul className="h-64 overflow-y-auto">
        {options.map(({ id, name }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === workflowId} onClick={() => onPick(id)} className={row}>
              <span className="min-w-0 grow truncate">{name}</span>
              {id === workflowId && <Check aria-hidden className="size-4 shrink-0 text-accent" />}
            </button>
          </li>
        ))}
        {found.data?.items.length === 0 && (
          <li className="px-2 py-3 text-muted text-sm">{t('runs.filters.noWorkflow')}</li>
        )}
      </ul>
    </>
  )
}

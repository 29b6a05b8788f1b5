import { clsx } from 'clsx'
import { GripVertical as GripIcon, Trash2 as RemoveIcon } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, type ReactNode, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { useForm } from '../form-setting.ts'

const ROW_DRAG = 'application/x-trama-row'

export interface RowFrameProps {
  /** What the row is called: `Case 2`. */
  label: string
  /** Tells rows of one list from those of another while they are dragged. */
  group: string
  at: number
  /** Absent where the order says nothing. */
  onMove?: (from: number, to: number) => void
  onRemove?: () => void
  /** Its parts stand below each other, in a box. */
  boxed?: boolean
  children: ReactNode
}

/** A row of a list: a grip that moves it by mouse or by Alt and an arrow, its content, a button that removes it. */
export function RowFrame({ label, group, at, onMove, onRemove, boxed, children }: RowFrameProps) {
  const t = useT('forms')
  const { readOnly } = useForm()
  const [over, setOver] = useState(false)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step === 0 || !event.altKey) return
    event.preventDefault()
    onMove?.(at, at + step)
  }
  const holdsRow = (event: DragEvent) =>
    event.dataTransfer.types.includes(`${ROW_DRAG}+${group.toLowerCase()}`)
  const onDragOver = (event: DragEvent) => {
    if (!onMove || !holdsRow(event)) return
    event.preventDefault()
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    setOver(false)
    if (!onMove || !holdsRow(event)) return
    event.preventDefault()
    onMove(Number(event.dataTransfer.getData(`${ROW_DRAG}+${group.toLowerCase()}`)), at)
  }
  return (
    <li
      aria-label={label}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={clsx(
        'group/row flex min-w-0 items-start gap-0.5',
        boxed && 'rounded-sm border border-line bg-paper p-2',
        over && 'outline-2 outline-accent',
      )}
    >
      {onMove && !readOnly && (
        <button
          type="button"
          draggable
          aria-label={t('list.move', { row: label })}
          title={t('list.moveHint')}
          onKeyDown={onKeyDown}
          onDragStart={(event) =>
            event.dataTransfer.setData(`${ROW_DRAG}+${group.toLowerCase()}`, String(at))
          }
          className="flex h-8 w-5 shrink-0 cursor-grab! items-center justify-center rounded-xs text-faint hover:text-ink"
        >
          <GripIcon aria-hidden className="size-3.5" />
        </button>
      )}
      <div className="flex min-w-0 grow flex-col gap-3">{children}</div>
      {onRemove && !readOnly && (
        <IconButton
          label={t('list.remove', { row: label })}
          onClick={onRemove}
          className="w-7! shrink-0 text-faint!"
        >
          <RemoveIcon aria-hidden />
        </IconButton>
      )}
    </li>
  )
}

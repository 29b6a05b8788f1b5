// biome-ignore-all lint/a11y/useSemanticElements: rows out of view are not in the page, which a table element cannot say
// biome-ignore-all lint/a11y/useFocusableInteractive: the links in the rows take the focus
import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { type ReactNode, useEffect, useRef } from 'react'
import { moveRowFocus, openRow } from './list-keys.ts'
import { Skeleton } from './Skeleton.tsx'
import { usePhone } from './use-phone.ts'

export interface Column<Row> {
  id: string
  header: string
  /** A grid track: `7rem`, `minmax(10rem, 2fr)`. */
  width: string
  align?: 'start' | 'end'
  hideHeader?: boolean
  cell: (row: Row) => ReactNode
  /** Width of the bar that stands for it while loading; none for `''`. */
  skeleton?: string
}

export interface ListTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  /** Undefined while loading: skeletons of the same shape show. */
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** A row on a phone: two lines instead of columns. */
  phoneRow: (row: Row) => ReactNode
  /** Called when the end comes near, to load more. */
  onEnd?: () => void
  /** More rows are on their way. */
  more?: boolean
  /** How many there are in all, when that is known. */
  total?: number
  className?: string
}

const rowPx = 36
const phoneRowPx = 60
const skeletonRows = 8

/**
 * One table: 36 px rows, a header that stays, only the rows in view in the page.
 * The link that opens a row carries `data-row-link`: ↑ and ↓ move between them, a click on the row follows it.
 */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const { label, columns, rows, rowKey, phoneRow, onEnd, more, total, className } = props
  const scroller = useRef<HTMLDivElement>(null)
  const phone = usePhone()
  const count = rows?.length ?? 0
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => (phone ? phoneRowPx : rowPx),
    overscan: 14,
    initialRect: { width: 1024, height: 720 },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height invalidates what was measured
  useEffect(() => virtual.measure(), [phone])

  const shown = virtual.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (onEnd && count > 0 && lastShown >= count - 20) onEnd()
  }, [onEnd, count, lastShown])

  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') }
  return (
    <div ref={scroller} className={clsx('h-full overflow-auto overscroll-contain', className)}>
      <div
        role="table"
        aria-label={label}
        aria-rowcount={total ?? (more || !rows ? -1 : count + 1)}
        aria-busy={!rows || undefined}
        onKeyDown={moveRowFocus}
        onClick={openRow}
        className="min-w-fit pb-6 phone:min-w-0"
      >
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 grid h-9 items-center border-line border-y bg-surface px-6 text-faint text-sm phone:sr-only"
          style={template}
        >
          {columns.map(({ id, header, align, hideHeader }) => (
            <span
              key={id}
              role="columnheader"
              className={clsx('truncate px-2 first:pl-0 last:pr-0', align === 'end' && 'text-right')}
            >
              <span className={clsx(hideHeader && 'sr-only')}>{header}</span>
            </span>
          ))}
        </div>
        {rows ? (
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {shown.map(({ index, start, size }) => {
              const row = rows[index]
              if (row === undefined) return null
              return (
                <div
                  key={rowKey(row)}
                  role="row"
                  aria-rowindex={index + 2}
                  className={clsx(rowClass, phone ? 'flex items-center' : 'grid items-center')}
                  style={{ ...(phone ? {} : template), height: size, transform: `translateY(${start}px)` }}
                >
                  {phone ? (
                    <div role="cell" className="min-w-0 grow">
                      {phoneRow(row)}
                    </div>
                  ) : (
                    columns.map(({ id, align, cell }) => (
                      <div
                        key={id}
                        role="cell"
                        className={clsx(
                          'flex min-w-0 items-center gap-2 px-2 first:pl-0 last:pr-0',
                          align === 'end' && 'justify-end tabular-nums',
                        )}
                      >
                        {cell(row)}
                      </div>
                    ))
                  )}
                </div>
              )
            })}
          </div>
        ) : (
          <SkeletonRows columns={columns} template={template} />
        )}
        {more && <SkeletonRows columns={columns} template={template} count={2} />}
      </div>
    </div>
  )
}

const rowClass =
  'absolute inset-x-0 top-0 border-line border-b px-6 transition-colors duration-[120ms] has-[[data-row-link]]:cursor-pointer hover:bg-hover/60 has-[[data-row-link]:focus-visible]:bg-accent-soft/60 phone:px-4'

interface SkeletonRowsProps<Row> {
  columns: readonly Column<Row>[]
  template: { gridTemplateColumns: string }
  count?: number
}

function SkeletonRows<Row>({ columns, template, count = skeletonRows }: SkeletonRowsProps<Row>) {
  return (
    <div aria-hidden className="animate-late">
      {Array.from({ length: count }, (_, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
          key={index}
          className="grid h-9 items-center border-line border-b px-6 phone:h-15 phone:grid-cols-1! phone:px-4"
          style={template}
        >
          {columns.map(({ id, align, skeleton = '60%' }) => (
            <span
              key={id}
              className={clsx(
                'flex px-2 first:pl-0 phone:not-first:hidden',
                align === 'end' && 'justify-end',
              )}
            >
              {skeleton !== '' && <Bar width={skeleton} />}
            </span>
          ))}
        </div>
      ))}
    </div>
  )
}

function Bar({ width }: { width: string }) {
  return (
    <span className="block" style={{ width }}>
      <Skeleton className="h-3" />
    </span>
  )
}

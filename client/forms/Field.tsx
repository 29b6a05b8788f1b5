import { clsx } from 'clsx'
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Field as LabelledField } from '#client/ui/Field.tsx'
import { AlertIcon } from '#client/ui/icons.tsx'
import type { FieldProps } from './field-renderer.ts'
import type { FieldShape } from './field-shape.ts'
import { type FormSetting, useForm } from './form-setting.ts'
import { ModeToggle } from './ModeToggle.tsx'
import type { Mode } from './modes.ts'
import { isAt, isWithin } from './paths.ts'
import { holdsPicked, readDrag } from './picked-drag.ts'
import { RepeatOffer } from './RepeatOffer.tsx'
import { useInsert } from './use-insert.ts'
import { useMode } from './use-mode.ts'
import type { Place } from './use-place.ts'
import { ValueMenu } from './ValueMenu.tsx'
import { Widget } from './Widget.tsx'

/** Kinds whose parts are fields of their own: they show what is wrong with them, and are computed part by part. */
const isGroup = (shape: FieldShape) =>
  ['list', 'record', 'object', 'variant', 'conditions', 'fields'].includes(shape.kind)
const canBeComputed = (shape: FieldShape) =>
  !shape.static && !['object', 'variant', 'conditions', 'fields', 'connection', 'schema'].includes(shape.kind)

/** In a tool, what is left to the agent is a third way; a file has no fixed one. */
function modesOf(shape: FieldShape, { tool }: FormSetting): readonly Mode[] {
  const own: readonly Mode[] = shape.kind === 'file' ? ['computed'] : ['fixed', 'computed']
  return tool ? [...own, 'agent'] : own
}

/** One field: its label, the fixed/computed toggle, its widget, and what is wrong with it. */
export function Field(props: FieldProps) {
  const { shape, label, path, value, onChange, compact } = props
  const form = useForm()
  const place = useRef<Place | null>(null)
  const [mode, turn] = useMode({ value, shape, onChange })
  const { insert, target, offer } = useInsert({ value, shape, label, onChange, place })
  const [over, setOver] = useState(false)
  const computable = canBeComputed(shape)
  const sides = modesOf(shape, form)
  const grouped = isGroup(shape) && mode === 'fixed'
  const errors = form.problems.filter(
    ({ field = '' }) => isAt(field, path) || (!grouped && isWithin(field, path)),
  )
  const error = errors.map(form.problemText).join(' ') || undefined

  const onDragOver = (event: DragEvent) => {
    if (!computable || form.readOnly || !holdsPicked(event.dataTransfer)) return
    event.preventDefault()
    event.stopPropagation()
    setOver(true)
  }
  const onDrop = (event: DragEvent) => {
    setOver(false)
    const picked = computable && !form.readOnly ? readDrag(event.dataTransfer) : null
    if (!picked) return
    event.preventDefault()
    event.stopPropagation()
    insert(picked)
  }
  const toggle =
    !computable || form.readOnly ? undefined : shape.kind === 'value' ? (
      <ValueMenu {...{ label, value, onChange, mode, compact, sides }} onMode={turn} />
    ) : (
      <ModeToggle {...{ label, mode, sides, compact }} onChange={turn} />
    )

  const Frame = compact ? RowFrame : grouped ? GroupFrame : LineFrame
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; clicking in the data panel does the same.
    <div
      className={clsx('group/field min-w-0 rounded-sm', over && 'outline-2 outline-accent outline-offset-4')}
      onFocusCapture={() => {
        if (computable && !grouped && !form.readOnly) form.picking.focus(target)
      }}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Frame label={label} shape={shape} error={error} toggle={toggle}>
        <Widget {...{ shape, label, path, value, onChange, mode }} placeRef={place} />
      </Frame>
      {offer && <RepeatOffer {...offer} />}
    </div>
  )
}

interface FrameProps {
  label: string
  shape: FieldShape
  error: string | undefined
  toggle: ReactNode
  children: ReactNode
}

const Required = ({ shape }: { shape: FieldShape }) =>
  shape.required ? (
    <span aria-hidden className="text-faint">
      {' *'}
    </span>
  ) : null

function LineFrame({ label, shape, error, toggle, children }: FrameProps) {
  const words = (
    <>
      {label}
      <Required shape={shape} />
    </>
  )
  return (
    <LabelledField label={words} help={shape.help} error={error} required={shape.required} aside={toggle}>
      {children}
    </LabelledField>
  )
}

/** A group has a heading, not a label: its parts have their own. Its help comes first, as it is about all of them. */
function GroupFrame({ label, shape, error, toggle, children }: FrameProps) {
  const id = useId()
  const described = [error && `${id}-error`, shape.help && `${id}-help`].filter(Boolean).join(' ')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend cannot share its line with the toggle.
    <div
      role="group"
      aria-labelledby={id}
      aria-describedby={described || undefined}
      className="flex min-w-0 flex-col gap-1.5"
    >
      <div className="flex min-h-5 items-center justify-between gap-2">
        <span id={id} className="font-medium text-ink text-sm">
          {label}
          <Required shape={shape} />
        </span>
        {toggle}
      </div>
      {shape.help && (
        <p id={`${id}-help`} className="text-faint text-sm">
          {shape.help}
        </p>
      )}
      {children}
      {error && <ErrorLine id={`${id}-error`} error={error} />}
    </div>
  )
}

/** A cell of a row: the label is only said, the toggle stands at the end. */
function RowFrame({ error, toggle, children }: FrameProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-start gap-0.5">
        <div className="flex min-w-0 grow flex-col">{children}</div>
        {toggle}
      </div>
      {error && <ErrorLine id={id} error={error} />}
    </div>
  )
}

const ErrorLine = ({ id, error }: { id: string; error: string }) => (
  <p id={id} className="flex items-start gap-1.5 text-bad text-sm">
    <AlertIcon className="mt-0.75 size-3.5 shrink-0" aria-hidden />
    <span>{error}</span>
  </p>
)

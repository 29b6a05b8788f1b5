import { clsx } from 'clsx'
import { useRef } from 'react'
import { Select } from '#client/ui/Select.tsx'
import type { Json } from '#nodes/kit/index.ts'
import { useForm } from '../form-setting.ts'
import { blankVariant, isObject } from '../values.ts'
import { ObjectField } from './ObjectField.tsx'
import type { WidgetProps } from './widget.ts'

const FIT_SIDE_BY_SIDE = 4

/** A choice, then the fields of what was chosen. Going back to a choice finds it as it was left. */
export function VariantField({ shape, label, path, value, onChange }: WidgetProps<'variant'>) {
  const { readOnly } = useForm()
  const left = useRef(new Map<string, Json>())
  const current = value ?? shape.default
  const kind = isObject(current) ? current[shape.discriminator] : undefined
  const chosen = shape.options.find((option) => option.value === kind)
  const choose = (next: string) => {
    const option = shape.options.find((option) => option.value === next)
    if (!option || option === chosen) return
    if (chosen && current !== undefined) left.current.set(chosen.value, current)
    onChange(left.current.get(next) ?? blankVariant(shape.discriminator, option))
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {shape.options.length <= FIT_SIDE_BY_SIDE ? (
        <div
          role="radiogroup"
          aria-label={label}
          className="flex min-w-0 self-start overflow-hidden rounded-sm border border-edge/70 bg-surface"
        >
          {shape.options.map((option) => (
            <label
              key={option.value}
              title={option.help}
              className={clsx(
                'flex h-7.5 cursor-pointer items-center border-line border-l px-3 text-sm transition-colors duration-[120ms] first:border-l-0',
                'has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2',
                option === chosen ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:bg-hover',
              )}
            >
              <input
                type="radio"
                className="sr-only"
                name={path}
                checked={option === chosen}
                disabled={readOnly}
                onChange={() => choose(option.value)}
              />
              {option.title}
            </label>
          ))}
        </div>
      ) : (
        <Select
          aria-label={label}
          value={chosen?.value ?? ''}
          options={shape.options.map((option) => ({ value: option.value, label: option.title }))}
          onChange={choose}
          disabled={readOnly}
        />
      )}
      {chosen && chosen.fields.length > 0 && (
        <ObjectField
          key={chosen.value}
          shape={chosen}
          path={path}
          value={current}
          onChange={onChange}
          className="border-line border-l-2 pl-3"
        />
      )}
    </div>
  )
}

import { Braces, Hash, ToggleLeft, Type } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, MenuRadios } from '#client/ui/Menu.tsx'
import type { Json } from '#nodes/kit/index.ts'
import { useForm } from '../form-setting.ts'
import { TextWithPills } from '../TextWithPills.tsx'
import { exprOf, literalOf } from '../values.ts'
import { BooleanField } from './BooleanField.tsx'
import { JsonField } from './JsonField.tsx'
import { NumberField } from './NumberField.tsx'
import { asType, type ValueKind } from './value-kind.ts'
import type { WidgetProps } from './widget.ts'

const icons = { text: Type, number: Hash, boolean: ToggleLeft, json: Braces }
const kinds = ['text', 'number', 'boolean', 'json'] as const

function kindOf(value: Json | undefined): ValueKind {
  if (value === undefined || exprOf(value) !== null) return 'text'
  const plain = literalOf(value)
  if (typeof plain === 'string') return 'text'
  if (typeof plain === 'number') return 'number'
  return typeof plain === 'boolean' ? 'boolean' : 'json'
}

/** Any JSON on one line. Words and picked data by default; a small menu says when it is something else. */
export function ValueField(props: WidgetProps<'value'>) {
  const { shape, label, value, onChange, placeRef, path } = props
  const t = useT('forms')
  const { readOnly } = useForm()
  const held = value ?? shape.default
  const kind = kindOf(held)
  const Icon = icons[kind]
  return (
    <div className="flex min-w-0 items-start gap-0.5">
      <div className="flex min-w-0 grow flex-col">
        {kind === 'text' && (
          <TextWithPills
            value={held}
            onChange={onChange}
            shape={shape}
            label={label}
            placeholder={shape.placeholder}
            placeRef={placeRef}
          />
        )}
        {kind === 'number' && (
          <NumberField shape={{}} label={label} value={held} onChange={(next) => onChange(next ?? 0)} />
        )}
        {kind === 'boolean' && <BooleanField shape={{}} label={label} value={held} onChange={onChange} />}
        {kind === 'json' && (
          <JsonField
            shape={{ ...shape, kind: 'json' }}
            {...{ label, path, onChange, placeRef }}
            value={held}
          />
        )}
      </div>
      {!readOnly && (
        <Menu
          align="end"
          trigger={
            <IconButton
              label={t('value.type', { field: label, type: t(`value.${kind}`) })}
              className="text-faint!"
            >
              <Icon aria-hidden className="size-3.5!" />
            </IconButton>
          }
        >
          <MenuRadios
            label={t('value.choose')}
            value={kind}
            options={kinds.map((option) => {
              const OptionIcon = icons[option]
              return { value: option, label: t(`value.${option}`), icon: <OptionIcon aria-hidden /> }
            })}
            onChange={(next) => next !== kind && onChange(asType(held, next))}
          />
        </Menu>
      )}
    </div>
  )
}

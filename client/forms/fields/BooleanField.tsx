import { useT } from '#client/lib/use-t.ts'
import { Switch } from '#client/ui/Switch.tsx'
import { useForm } from '../form-setting.ts'
import type { WidgetProps } from './widget.ts'

type BooleanLike = Pick<WidgetProps<'boolean'>, 'label' | 'value' | 'onChange'> & {
  shape: { default?: unknown }
}

export function BooleanField({ shape, label, value, onChange }: BooleanLike) {
  const t = useT('forms')
  const { readOnly } = useForm()
  const on = value === undefined ? shape.default === true : value === true
  return (
    <div className="flex min-h-8 items-center gap-2 text-muted text-sm">
      <Switch label={label} hideLabel checked={on} onChange={onChange} disabled={readOnly} />
      <span aria-hidden>{t(on ? 'boolean.on' : 'boolean.off')}</span>
    </div>
  )
}

import { clsx } from 'clsx'
import { useFieldComponent } from '../field-renderer.ts'
import type { NamedField } from '../field-shape.ts'
import { inside } from '../paths.ts'
import { sentenceCase } from '../sentence-case.ts'
import { isObject, withKey } from '../values.ts'
import type { WidgetProps } from './widget.ts'

type ObjectLike = Pick<WidgetProps<'object'>, 'path' | 'value' | 'onChange'> & {
  shape: { fields: NamedField[] }
  className?: string
}

/** The fields of an object, one below the other. */
export function ObjectField({ shape, path, value, onChange, className }: ObjectLike) {
  const Field = useFieldComponent()
  const object = isObject(value) ? value : {}
  return (
    <div className={clsx('flex min-w-0 flex-col gap-4', className)}>
      {shape.fields.map((field) => (
        <Field
          key={field.name}
          shape={field}
          label={field.title ?? sentenceCase(field.name)}
          path={inside(path, field.name)}
          value={Object.hasOwn(object, field.name) ? object[field.name] : undefined}
          onChange={(next) => onChange(withKey(object, field.name, next))}
        />
      ))}
    </div>
  )
}

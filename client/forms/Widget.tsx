import { ExpressionInput } from './ExpressionInput.tsx'
import type { FieldKind, FieldShape } from './field-shape.ts'
import { AgentField } from './fields/AgentField.tsx'
import { BooleanField } from './fields/BooleanField.tsx'
import { ChoiceField } from './fields/ChoiceField.tsx'
import { CodeField } from './fields/CodeField.tsx'
import { ConditionsField } from './fields/ConditionsField.tsx'
import { ConnectionField } from './fields/ConnectionField.tsx'
import { CronField } from './fields/CronField.tsx'
import { FieldsField } from './fields/FieldsField.tsx'
import { JsonField } from './fields/JsonField.tsx'
import { ListField } from './fields/ListField.tsx'
import { ModelField } from './fields/ModelField.tsx'
import { NumberField } from './fields/NumberField.tsx'
import { ObjectField } from './fields/ObjectField.tsx'
import { RecordField } from './fields/RecordField.tsx'
import { SchemaField } from './fields/SchemaField.tsx'
import { TextField } from './fields/TextField.tsx'
import { ValueField } from './fields/ValueField.tsx'
import { VariantField } from './fields/VariantField.tsx'
import { WorkflowField } from './fields/WorkflowField.tsx'
import type { WidgetProps } from './fields/widget.ts'
import { ZoneField } from './fields/ZoneField.tsx'
import type { Mode } from './modes.ts'
import { agentOf, exprOf } from './values.ts'

type Props = Omit<WidgetProps<FieldKind['kind']>, 'shape'> & { shape: FieldShape; mode: Mode }

/** The widget of a field: an expression when it is computed, else the one of its kind. */
export function Widget({ mode, shape, ...props }: Props) {
  if (mode === 'computed') {
    const { label, value, onChange, placeRef } = props
    return (
      <ExpressionInput
        label={label}
        value={exprOf(value) ?? ''}
        onChange={(expr) => onChange({ expr })}
        expected={shape.schema}
        multiline={shape.kind === 'json' || (shape.kind === 'text' && shape.multiline)}
        placeRef={placeRef}
      />
    )
  }
  if (mode === 'agent') {
    const { label, value, onChange } = props
    return <AgentField label={label} value={agentOf(value) ?? ''} hint={shape.help} onChange={onChange} />
  }
  switch (shape.kind) {
    case 'text':
      return <TextField shape={shape} {...props} />
    case 'number':
      return <NumberField shape={shape} {...props} />
    case 'boolean':
      return <BooleanField shape={shape} {...props} />
    case 'choice':
      return <ChoiceField shape={shape} {...props} />
    case 'list':
      return <ListField shape={shape} {...props} />
    case 'record':
      return <RecordField shape={shape} {...props} />
    case 'object':
      return <ObjectField shape={shape} {...props} />
    case 'variant':
      return <VariantField shape={shape} {...props} />
    case 'value':
      return <ValueField shape={shape} {...props} />
    case 'json':
      return <JsonField shape={shape} {...props} />
    case 'code':
      return <CodeField shape={shape} {...props} />
    case 'cron':
      return <CronField shape={shape} {...props} />
    case 'zone':
      return <ZoneField shape={shape} {...props} />
    case 'conditions':
      return <ConditionsField shape={shape} {...props} />
    case 'fields':
      return <FieldsField shape={shape} {...props} />
    case 'connection':
      return <ConnectionField shape={shape} {...props} />
    case 'model':
      return <ModelField shape={shape} {...props} />
    case 'workflow':
      return <WorkflowField shape={shape} {...props} />
    case 'schema':
      return <SchemaField shape={shape} {...props} />
    case 'file':
      return null
    default:
      return shape satisfies never
  }
}

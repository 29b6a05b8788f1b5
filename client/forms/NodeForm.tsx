import { useMemo, useRef } from 'react'
import { useLocale } from 'use-intl'
import { isLocale } from '#client/lib/locale.ts'
import { localizeNode } from '#client/lib/localize-node.ts'
import { useT } from '#client/lib/use-t.ts'
import { Field as LabelledField } from '#client/ui/Field.tsx'
import type { DocumentNode, Problem } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import type { Json } from '#nodes/kit/index.ts'
import { Field } from './Field.tsx'
import { FieldRenderer } from './field-renderer.ts'
import { ConnectionSelect } from './fields/ConnectionField.tsx'
import { ObjectField } from './fields/ObjectField.tsx'
import { RepeatField } from './fields/RepeatField.tsx'
import { type ConnectionChoice, FormProvider, type FormSetting } from './form-setting.ts'
import type { NodePatch } from './node-patch.ts'
import { createPicking, type Picking } from './picking.ts'
import { readParams } from './read-schema.ts'
import type { FieldScope } from './scope.ts'
import { isObject } from './values.ts'

export interface NodeFormProps {
  node: DocumentNode
  info: NodeInfo
  /** Of this node. */
  problems: readonly Problem[]
  scope: FieldScope
  onChange: (patch: NodePatch) => void
  /** Shared with the `DataPanel` beside it. */
  picking?: Picking
  problemText?: (problem: Problem) => string
  connections?: readonly ConnectionChoice[]
  onNewConnection?: FormSetting['onNewConnection']
  previewSchedule?: FormSetting['previewSchedule']
  /** The node is lent to an agent. */
  tool?: boolean
  workflows?: FormSetting['workflows']
  readOnly?: boolean
}

const englishText = (problem: Problem) => problem.message

/** The form of one node. Another node is another form: what fields remember belongs to one. */
export function NodeForm(props: NodeFormProps) {
  return <FormOfNode key={props.node.key} {...props} />
}

function FormOfNode(props: NodeFormProps) {
  const { node, info, problems, scope, onChange, picking, readOnly = false, tool = false } = props
  const { problemText = englishText, connections, onNewConnection, previewSchedule, workflows } = props
  const t = useT('forms')
  const locale = useLocale()
  const local = useMemo(() => localizeNode(info, isLocale(locale) ? locale : 'en'), [info, locale])
  const shape = useMemo(() => readParams(local.params), [local])
  const ownPicking = useMemo(createPicking, [])
  // A repeat and the field that asked for it change together: one step to undo.
  const repeat = useRef<string | null>(null)
  const repeatList = node.repeat?.list.expr ?? null
  const zone = typeof node.params.zone === 'string' ? node.params.zone : undefined

  const setting = useMemo(
    (): FormSetting => ({
      scope,
      picking: picking ?? ownPicking,
      problems,
      problemText,
      readOnly,
      tool,
      repeatList,
      repeatOver(list, change) {
        repeat.current = list
        change()
        repeat.current = null
      },
      connections,
      connection: node.connection,
      workflows,
      onNewConnection,
      previewSchedule,
      zone,
    }),
    [
      scope,
      picking,
      ownPicking,
      problems,
      problemText,
      readOnly,
      tool,
      repeatList,
      connections,
      node.connection,
      workflows,
      onNewConnection,
      previewSchedule,
      zone,
    ],
  )
  const changeParams = (params: Json | undefined) => {
    const started = repeat.current
    onChange({
      params: isObject(params) ? params : {},
      ...(started === null ? {} : { repeat: { list: { expr: started }, concurrency: 1 } }),
    })
  }
  const kinds = info.connection?.kinds
  const connectionProblem = problems.find((problem) => problem.field === 'connection')
  return (
    <FormProvider value={setting}>
      <FieldRenderer value={Field}>
        <div className="flex min-w-0 flex-col gap-5">
          {kinds && (
            <LabelledField
              label={t('connection.label')}
              help={info.connection?.required ? undefined : t('connection.optional')}
              required={info.connection?.required}
              error={connectionProblem && problemText(connectionProblem)}
            >
              <ConnectionSelect
                label={t('connection.label')}
                kinds={kinds}
                required={info.connection?.required === true}
                value={node.connection}
                onChange={(connection) => onChange({ connection })}
              />
            </LabelledField>
          )}
          {shape.kind === 'object' && shape.fields.length > 0 ? (
            <ObjectField
              shape={shape}
              path="params"
              value={node.params}
              onChange={changeParams}
              className="gap-5!"
            />
          ) : (
            <p className="text-muted text-sm">{t('node.noParams')}</p>
          )}
          {info.role === 'step' && !tool && (
            <RepeatField value={node.repeat} onChange={(next) => onChange({ repeat: next })} />
          )}
        </div>
      </FieldRenderer>
    </FormProvider>
  )
}

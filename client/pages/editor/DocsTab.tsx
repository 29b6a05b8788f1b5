import { JsonView } from '#client/forms/JsonView.tsx'
import { useT } from '#client/lib/use-t.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import type { JsonSchema } from '#nodes/kit/define-node.ts'
import { isJsonObject } from '#nodes/kit/json.ts'
import { Section } from './StepDetails.tsx'

/** What the kind of node does, written from its definition. */
export function DocsTab({ info }: { info: NodeInfo }) {
  const t = useT('editor')
  const params = fieldsOf(info.params)
  return (
    <div className="flex flex-col gap-5 text-sm">
      <p className="text-pretty text-base">{info.summary}</p>
      {info.role === 'step' && (
        <Section title={t('docs.guarantee')}>
          <p className="text-pretty">{t(`docs.effect.${info.effect}`)}</p>
        </Section>
      )}
      {params.length > 0 && (
        <Section title={t('panel.parameters')}>
          <dl className="flex flex-col gap-3">
            {params.map((param) => (
              <div key={param.name}>
                <dt className="font-medium">{param.title}</dt>
                {param.description && <dd className="text-pretty text-muted">{param.description}</dd>}
              </div>
            ))}
          </dl>
        </Section>
      )}
      {info.examples.map((example) => (
        <Section key={example.title} title={t('docs.example', { title: example.title })}>
          <div className="flex flex-col gap-2">
            <JsonView value={example.params} name={t('panel.parameters')} />
            {example.output !== undefined && <JsonView value={example.output} name={t('step.output')} />}
          </div>
        </Section>
      ))}
    </div>
  )
}

function fieldsOf(schema: JsonSchema): { name: string; title: string; description: string }[] {
  if (!isJsonObject(schema.properties)) return []
  return Object.entries(schema.properties).map(([name, field]) => {
    const text = (key: string) => (isJsonObject(field) && typeof field[key] === 'string' ? field[key] : '')
    return { name, title: text('title') || name, description: text('description') }
  })
}

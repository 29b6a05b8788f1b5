import { useMemo } from 'react'
import type { RunRecord } from '#client/canvas/run-record.ts'
import { sampleValues } from '#client/canvas/sample-scope.ts'
import { useEditor } from '#client/canvas/store.ts'
import { type DataSource, emptyScope, type FieldScope } from '#client/forms/scope.ts'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import type { NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { toGraph } from '#nodes/graph/graph.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { shapesOf } from '#nodes/graph/shapes.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'

interface About {
  key: NodeKey | null
  workflow: { id: string; name: string }
  /** The run whose values are shown; its document may be older than the drawing. */
  sample: { record: RunRecord; document: WorkflowDocument } | null
}

/** What the chosen node's expressions may read: types from the drawing, values from the last run. */
export function useFieldScope({ key, workflow, sample }: About): FieldScope {
  const t = useT('editor')
  const tenant = useTenant()
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  return useMemo(() => {
    if (key === null || !drawing.nodes.some((node) => node.key === key)) return emptyScope
    const shapes = shapesOf(toGraph(drawing), find)
    // What *repeat* asks is asked inside it, after each round.
    const node = drawing.nodes.find((each) => each.key === key)
    const asksInside = node && find(node.type, node.version)?.frame === 'repeat'
    const types = shapes.scope(key, asksInside ? 'until' : 'params')
    const inside = asksInside ? shapes.graph.children(key).map((child) => child.key) : []
    const values = sample && valuesFor({ drawing, key, sample, workflow, tenant })
    const steps = [...shapes.upstream.of(key), ...inside].map((step): DataSource => {
      const value =
        isJsonObject(values?.steps) && Object.hasOwn(values.steps, step) ? values.steps[step] : undefined
      return {
        ...sourceOf({ drawing, find, step }),
        schema: shapes.output(step),
        ...(value === undefined ? {} : { sample: value }),
      }
    })
    const named = (name: 'item' | 'input', icon: string): DataSource[] => {
      const schema = types[name]
      const value = values?.[name]
      if (!schema) return []
      return [
        {
          key: name,
          path: name,
          title: t(`scope.${name}`),
          icon,
          group: 'logic',
          schema,
          ...(value === undefined ? {} : { sample: value }),
        },
      ]
    }
    return { types, values: values ?? null, sources: [...named('item', 'repeat'), ...steps.toReversed()] }
  }, [key, drawing, find, sample, workflow, tenant, t])
}

function sourceOf(about: { drawing: WorkflowDocument; find: FindNode; step: NodeKey }) {
  const node = about.drawing.nodes.find((each) => each.key === about.step)
  const info = node && about.find(node.type, node.version)
  const isTrigger = info?.role === 'trigger'
  return {
    key: about.step,
    path: isTrigger ? 'trigger' : `steps.${about.step}`,
    title: node?.name || info?.title || about.step,
    icon: info?.icon ?? 'box',
    group: info?.group ?? 'logic',
  }
}

function valuesFor(about: {
  drawing: WorkflowDocument
  key: NodeKey
  sample: { record: RunRecord }
  workflow: { id: string; name: string }
  tenant: { id: string; name: string; slug: string }
}): Record<string, Json> {
  const { record } = about.sample
  const startedAt = new Date(record.startedAt ?? 0).toISOString()
  return sampleValues({
    document: about.drawing,
    record,
    key: about.key,
    now: new Date().toISOString(),
    facts: {
      trigger: record.trigger?.output ?? null,
      run: { id: 'sample', startedAt, startedBy: 'manual' },
      workflow: { ...about.workflow, version: null },
      tenant: { id: about.tenant.id, name: about.tenant.name, slug: about.tenant.slug },
    },
  })
}

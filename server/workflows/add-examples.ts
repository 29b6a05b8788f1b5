import type { Locale } from '#nodes/examples/example.ts'
import { examples } from '#nodes/examples/examples.ts'
import type { TenantScope } from '#server/tenants/tenant-scope.ts'
import { createWorkflow } from './create.ts'
import { publish } from './publish.ts'

/** Gives a new tenant something that works. What is started from outside is published, but for schedules: nobody asked for their runs. */
export async function addExamples(scope: TenantScope, { locale }: { locale: Locale }) {
  // The first example ends up on top of the list, which shows the newest first.
  for (const example of [...examples].reverse()) {
    const document = example.document[locale]
    const { id } = await createWorkflow(scope, {
      name: example.name[locale],
      description: example.description[locale],
      document,
    })
    if (document.nodes.some(({ type }) => type === 'trigger.webhook')) await publish(scope, { id })
  }
}

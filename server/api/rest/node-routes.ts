import { z } from 'zod'
import { catalogInfo } from '#nodes/catalog-info.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { type RestRoute, route } from './registry.ts'

export const nodeRoutes: readonly RestRoute[] = [
  route({
    method: 'GET',
    path: '/nodes',
    summary: 'The catalogue: every node with its parameters, ports and output as JSON Schema',
    permission: 'workflow.read',
    reply: z.object({ items: z.array(z.custom<NodeInfo>()) }),
    run: async () => ({ items: [...catalogInfo] }),
  }),
]

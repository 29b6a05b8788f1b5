import { catalogInfo } from '#nodes/catalog-info.ts'
import { memberProcedure, router } from '../trpc.ts'

export const nodesRouter = router({
  catalog: memberProcedure('workflow.read').query(() => [...catalogInfo]),
})

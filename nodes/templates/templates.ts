import { orderStock } from './order-stock.ts'
import { pageWatch } from './page-watch.ts'
import type { Template } from './template.ts'

/** Every template we ship. Adding one is a new file and a line here. */
export const templates: readonly Template[] = [orderStock, pageWatch]

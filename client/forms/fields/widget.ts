import type { RefObject } from 'react'
import type { Json } from '#nodes/kit/index.ts'
import type { FieldKind, ShapeOf } from '../field-shape.ts'
import type { Place } from '../use-place.ts'

/** What every widget takes. Its label is for those who do not see it: the field around it draws the visible one. */
export interface WidgetProps<Kind extends FieldKind['kind']> {
  shape: ShapeOf<Kind>
  label: string
  /** As problems name it: `params.headers`. */
  path: string
  value: Json | undefined
  onChange: (value: Json | undefined) => void
  placeRef?: RefObject<Place | null>
}

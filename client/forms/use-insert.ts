import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Json } from '#nodes/kit/index.ts'
import type { FieldShape } from './field-shape.ts'
import { useForm } from './form-setting.ts'
import { asList, intoValue, listToRepeat, takesOne, underRepeat } from './insert.ts'
import type { PickTarget } from './picking.ts'
import type { Picked } from './scope.ts'
import type { Place } from './use-place.ts'
import { exprOf } from './values.ts'

interface Held {
  value: Json | undefined
  shape: FieldShape
  label: string
  onChange: (value: Json | undefined) => void
  place: RefObject<Place | null>
}

/** Takes picked data into a field, and offers to repeat the step when the data is inside a list. */
export function useInsert({ value, shape, label, onChange, place }: Held) {
  const form = useForm()
  const [offer, setOffer] = useState<string | null>(null)
  const insert = (picked: Picked) => {
    const list = listToRepeat(picked, shape)
    const repeats = list !== null && list === form.repeatList
    const single = repeats ? underRepeat(picked.expr, list) : picked.expr
    const expr = takesOne(shape) ? single : asList(picked)
    if (place.current) place.current(expr)
    else onChange(intoValue(value, expr))
    setOffer(repeats ? null : list)
  }
  const latest = useRef({ insert, label })
  useEffect(() => {
    latest.current = { insert, label }
  })
  const [target] = useState<PickTarget>(() => ({
    // A row's label follows its name.
    get label() {
      return latest.current.label
    },
    insert: (picked) => latest.current.insert(picked),
  }))
  const { picking } = form
  useEffect(() => () => picking.release(target), [picking, target])

  const source = exprOf(value)
  const stands = offer !== null && source?.includes(`${offer}[0]`) === true
  const accept = () => {
    if (offer === null || source === null) return
    form.repeatOver(offer, () => onChange({ expr: source.replaceAll(`${offer}[0]`, 'item') }))
    setOffer(null)
  }
  return { insert, target, offer: stands ? { list: offer, accept, decline: () => setOffer(null) } : null }
}

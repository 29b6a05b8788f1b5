/** An item's name in an address: whose it is, and which. */
export const refOf = ({ publisherId, itemId }: { publisherId: string; itemId: string }) =>
  `${publisherId}.${itemId}`

export function readRef(ref: string): { publisherId: string; itemId: string } {
  const [publisherId = '', itemId = ''] = ref.split('.')
  return { publisherId, itemId }
}

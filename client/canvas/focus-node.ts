/** Gives a card the keyboard, where there is a canvas. */
export function focusNode(key: string): void {
  const card = document.querySelector(`.react-flow__node[data-id="${CSS.escape(key)}"]`)
  if (card instanceof HTMLElement) card.focus({ preventScroll: true })
}
